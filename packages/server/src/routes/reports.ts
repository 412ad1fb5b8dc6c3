import { Readable } from 'node:stream'
import { dayOf, type PersonKey } from '@throughline/core'
import {
  type Report,
  type ReportDescription,
  ReportError,
  type ReportParameters,
  type ReportRow,
  readParameters,
} from '@throughline/engine'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { reportAnswer, reportListAnswer } from '../answers.ts'
import { csvHead, csvRows } from '../csv.ts'
import { failures, RequestRefused } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { nameOf } from '../presentation.ts'
import { MOST_ROWS, reportPath, reportQuery } from '../requests.ts'

/** Rows asked for at once while a file is written. */
const ROWS_AT_A_TIME = 5000

/** The list of reports, and each of them as JSON or CSV. */
export function reportRoutes(parts: Parts): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/reports',
      {
        schema: {
          operationId: 'listReports',
          summary: 'The reports there are, and what each can be asked',
          tags: ['reports'],
          response: { 200: reportListAnswer, ...failures() },
        },
      },
      async () => ({
        reports: parts.reports.list().map(({ takes, filters, columns, ...rest }) => ({
          ...rest,
          takes: [...takes],
          filters: filters.map(({ field, type, choices, description }) => ({
            field,
            type,
            ...(choices && { choices: [...choices] }),
            description,
          })),
          columns: [...columns],
        })),
      }),
    )

    app.get(
      '/reports/:name',
      {
        schema: {
          operationId: 'runReport',
          summary: "A report's figures",
          tags: ['reports'],
          params: reportPath,
          querystring: reportQuery,
          response: {
            200: {
              description: 'The table, and what the figures in it are.',
              content: {
                'application/json': { schema: reportAnswer },
                'text/csv': { schema: z.string().describe('RFC 4180, UTF-8 with byte order mark.') },
              },
            },
            ...failures('not-found', 'not-ready'),
          },
        },
      },
      async (request, reply) => {
        const { format = 'json', ...asked } = request.query
        const description = parts.reports.list().find(({ name }) => name === request.params.name)
        if (!description) throw noSuchReport(request.params.name, parts.reports.list())
        const parameters = checked(asked, description, format === 'csv' ? undefined : MOST_ROWS)
        const run = async (page: ReportParameters) => {
          const derived = await parts.reports.run(description.name, { ...parameters, ...page })
          if (!derived) throw noSuchReport(description.name, parts.reports.list())
          return withNames(derived, parts)
        }
        const status = await parts.status()
        if (!status.checkpoint)
          throw new RequestRefused('not-ready', 'Nothing has been derived from the facts yet.', {
            remedy: 'Import facts and run `throughline rebuild`.',
          })
        if (format === 'csv') {
          const paged = description.takes.includes('limit') && asked.limit === undefined
          const first = await run(paged ? { limit: ROWS_AT_A_TIME } : {})
          const file = Readable.from(fileOf(first, asked.offset ?? 0, paged ? run : undefined))
          return reply
            .type('text/csv; charset=utf-8; header=present')
            .header('content-disposition', `attachment; filename="${fileName(first)}"`)
            .header('cache-control', 'no-store')
            .send(file as unknown as string)
        }
        const report = await run({})
        const { name, title, columns, rows, total, currency, asOf, rulesVersion } = report
        return reply.type('application/json; charset=utf-8').send({
          name,
          title,
          columns: [...columns],
          rows: [...rows],
          total,
          about: {
            parameters: Object.fromEntries(
              Object.entries(report.parameters)
                .filter(([, value]) => value !== undefined)
                .map(([key, value]) => [key, typeof value === 'object' ? [...value] : value]),
            ),
            currency,
            asOf,
            asOfDay: dayOf(status.organisation.zone, asOf),
            rulesVersion,
            notes: [...report.notes],
          },
        })
      },
    )
  }
}

/** A report as the pieces of a CSV file; with `run`, page by page until there are no more rows. */
async function* fileOf(
  first: Report,
  offset: number,
  run: ((page: ReportParameters) => Promise<Report>) | undefined,
): AsyncGenerator<string> {
  yield csvHead(first)
  let page = first
  for (let done = 0; page.rows.length > 0; ) {
    yield csvRows(page)
    done += page.rows.length
    if (!run || offset + done >= page.total) return
    page = await run({ limit: ROWS_AT_A_TIME, offset: offset + done })
  }
}

/** People's names are kept apart from what is derived: they are added to rows that are about a person. */
async function withNames(report: Report, parts: Parts): Promise<Report> {
  const place = report.columns.findIndex(({ key }) => key === 'person')
  if (place < 0) return report
  const keyOf = (row: ReportRow) => row.person as PersonKey | null
  const profiles = await parts.profiles.get([...new Set(report.rows.flatMap((row) => keyOf(row) ?? []))])
  const nameFor = (key: PersonKey | null) => (key ? nameOf(profiles.get(key)) : null)
  return {
    ...report,
    columns: report.columns.toSpliced(place + 1, 0, { key: 'name', label: 'Name', type: 'text' }),
    rows: report.rows.map((row) => ({ ...row, name: nameFor(keyOf(row)) })),
  }
}

type Asked = Omit<z.output<typeof reportQuery>, 'format'>

/** The parameters a report heeds, checked; a parameter it would ignore is refused rather than silently dropped. */
function checked(asked: Asked, description: ReportDescription, mostRows: number | undefined): ReportParameters {
  try {
    const parameters = readParameters(description, asked)
    if (mostRows === undefined || !description.takes.includes('limit')) return parameters
    return { ...parameters, limit: Math.min(parameters.limit ?? mostRows, mostRows) }
  } catch (error) {
    if (!(error instanceof ReportError)) throw error
    const { message, parameter, remedy } = error
    throw new RequestRefused('invalid-request', message, {
      remedy,
      issues: [{ path: `query.${parameter}`, message }],
    })
  }
}

function noSuchReport(name: string, known: readonly ReportDescription[]): RequestRefused {
  return new RequestRefused('not-found', `There is no report "${name}".`, {
    remedy: `Ask for one of ${known.map((report) => report.name).join(', ')}.`,
  })
}

function fileName({ name, parameters: { from, to, by, view } }: Report): string {
  const parts = [name, view, by && `by-${by}`, from, to].filter((part) => part !== undefined)
  return `${parts.join('_').replaceAll(/[^a-z0-9_-]/gi, '-')}.csv`
}
