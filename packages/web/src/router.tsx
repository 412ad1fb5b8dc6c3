import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { FunnelPage } from './pages/funnel.tsx'
import { JourneysPage } from './pages/journeys.tsx'
import { NotFoundPage } from './pages/not-found.tsx'
import { OpportunityPage } from './pages/opportunity.tsx'
import { OverviewPage } from './pages/overview.tsx'
import { PeoplePage } from './pages/people.tsx'
import { PersonPage } from './pages/person.tsx'
import { parseSearch, readFunnel, readJourneys, readOverview, readPeople, readWhy, stringifySearch } from './search.ts'
import { Shell } from './shell.tsx'
import { Failure } from './ui/states.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage, validateSearch: readWhy })

const routes = [
  createRoute({ getParentRoute: () => root, path: '/', component: OverviewPage, validateSearch: readOverview }),
  createRoute({ getParentRoute: () => root, path: '/funnel', component: FunnelPage, validateSearch: readFunnel }),
  createRoute({ getParentRoute: () => root, path: '/journeys', component: JourneysPage, validateSearch: readJourneys }),
  createRoute({ getParentRoute: () => root, path: '/people', component: PeoplePage, validateSearch: readPeople }),
  createRoute({ getParentRoute: () => root, path: '/people/$id', component: PersonPage }),
  createRoute({ getParentRoute: () => root, path: '/opportunities/$id', component: OpportunityPage }),
] as const

/** The views and their addresses. */
export const router = createRouter({
  routeTree: root.addChildren(routes),
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
  defaultErrorComponent: ({ error, reset }) => (
    <Failure error={error instanceof Error ? error : new Error(String(error))} retry={reset} />
  ),
  pathParamsAllowedCharacters: [':'],
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
