import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { NotFoundPage } from './pages/not-found.tsx'
import {
  parseSearch,
  readAccounts,
  readDataHealth,
  readFunnel,
  readJourneys,
  readOpportunities,
  readOverview,
  readPeople,
  readPerson,
  readReport,
  readReports,
  readScenarios,
  readWhy,
  stringifySearch,
} from './search.ts'
import { Shell } from './shell.tsx'
import { Failure, WaitingPage } from './ui/states.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage, validateSearch: readWhy })

/** Each page is fetched when somebody goes there, or points at a link that leads there. */
const routes = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => import('./pages/overview.tsx'), 'OverviewPage'),
    validateSearch: readOverview,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/funnel',
    component: lazyRouteComponent(() => import('./pages/funnel.tsx'), 'FunnelPage'),
    validateSearch: readFunnel,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/journeys',
    component: lazyRouteComponent(() => import('./pages/journeys.tsx'), 'JourneysPage'),
    validateSearch: readJourneys,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reports',
    component: lazyRouteComponent(() => import('./pages/reports.tsx'), 'ReportsPage'),
    validateSearch: readReports,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reports/$name',
    component: lazyRouteComponent(() => import('./pages/report.tsx'), 'ReportPage'),
    validateSearch: readReport,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/people',
    component: lazyRouteComponent(() => import('./pages/people.tsx'), 'PeoplePage'),
    validateSearch: readPeople,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/people/$id',
    component: lazyRouteComponent(() => import('./pages/person.tsx'), 'PersonPage'),
    validateSearch: readPerson,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/accounts',
    component: lazyRouteComponent(() => import('./pages/accounts.tsx'), 'AccountsPage'),
    validateSearch: readAccounts,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/accounts/$id',
    component: lazyRouteComponent(() => import('./pages/account.tsx'), 'AccountPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/opportunities',
    component: lazyRouteComponent(() => import('./pages/opportunities.tsx'), 'OpportunitiesPage'),
    validateSearch: readOpportunities,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/opportunities/$id',
    component: lazyRouteComponent(() => import('./pages/opportunity.tsx'), 'OpportunityPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/data-health',
    component: lazyRouteComponent(() => import('./pages/data-health.tsx'), 'DataHealthPage'),
    validateSearch: readDataHealth,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/scenarios',
    component: lazyRouteComponent(() => import('./pages/scenarios.tsx'), 'ScenariosPage'),
    validateSearch: readScenarios,
  }),
] as const

/** The views and their addresses. */
export const router = createRouter({
  routeTree: root.addChildren(routes),
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultPendingComponent: WaitingPage,
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
