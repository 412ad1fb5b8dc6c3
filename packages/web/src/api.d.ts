/** Generated from the server's OpenAPI document by `node scripts/schemas.mjs`. Do not edit. */
export interface paths {
    "/api/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the data stands, and whose it is */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The reports there are, and what each can be asked */
        get: operations["listReports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A report's figures */
        get: operations["runReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People, searched, filtered and sorted */
        get: operations["listPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/owners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody who owns people */
        get: operations["listOwners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person's timeline: journeys, engagements, interactions, opportunities */
        get: operations["getPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/opportunities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An opportunity: stages, attribution activation, buying group */
        get: operations["getOpportunity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/explain/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why a record is as it is: the rule, the facts, the alternatives that lost
         * @description Ids: an engagement or journey `eng:…`, a stamp `eng:…#stage-2`, a completion `eng:…#completion`, an opportunity `opportunity:…`, a person `lead:…` or `contact:…`. Percent-encode the id.
         */
        get: operations["explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds facts to the log
         * @description All of them or, where one is not valid, none. Sending the same facts again changes nothing.
         */
        post: operations["addFacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server answers */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Status: {
            company: string;
            zone: string;
            currency: string;
            stageLabels: string[];
            facts: number;
            asOf: number | null;
            asOfDay: string | null;
            rulesVersion: number | null;
            checkpoint: number | null;
            lag: number;
            rebuildDue: boolean;
            version: string;
        };
        Column: {
            key: string;
            label: string;
            /** @enum {string} */
            type: "text" | "id" | "day" | "count" | "ratio" | "days" | "money";
            description?: string;
        };
        ReportList: {
            reports: {
                name: string;
                title: string;
                description: string;
                takes: string[];
                columns: components["schemas"]["Column"][];
            }[];
        };
        Report: {
            name: string;
            title: string;
            columns: components["schemas"]["Column"][];
            rows: {
                [key: string]: string | number | null;
            }[];
            total: number;
            about: {
                parameters: {
                    [key: string]: string | number | boolean;
                };
                currency: string;
                asOf: number;
                asOfDay: string;
                rulesVersion: number;
            };
        };
        PersonLine: {
            id: string;
            name: string | null;
            email: string | null;
            company: string | null;
            /** @enum {string} */
            object: "lead" | "contact";
            status: string | null;
            score: number | null;
            owner: {
                id: string;
                name: string;
            };
            dormant: boolean;
            engagements: number;
            journeys: number;
            lastEngagementDay: string | null;
            createdDay: string;
            activationType: string | null;
            medium: string | null;
            source: string | null;
            stage: number | null;
        };
        People: {
            people: components["schemas"]["PersonLine"][];
            total: number;
            page: number;
            size: number;
            searchCut: boolean;
        };
        Owners: {
            owners: {
                id: string;
                name: string;
                people: number;
            }[];
        };
        Engagement: {
            id: string;
            /** @enum {string} */
            recordType: "Activation" | "Influencing Engagement";
            activationType: string | null;
            person: string | null;
            at: number;
            day: string;
            recordedDay: string;
            triggeredBy: string;
            mediumInput: string | null;
            first: {
                medium?: string;
                source?: string;
                campaign?: string;
                content?: string;
                term?: string;
            };
            last: {
                medium?: string;
                source?: string;
                campaign?: string;
                content?: string;
                term?: string;
            };
            engagementType: string | null;
            backdated: boolean;
            voided: boolean;
            parent: string | null;
            rule: string;
        };
        Stamp: {
            record: string;
            stage: number;
            label: string;
            at: number | null;
            day: string | null;
            owner: {
                id: string;
                name: string;
            } | null;
            inferred: string | null;
            filled: boolean;
            rule: string | null;
        };
        Journey: {
            id: string;
            activation: components["schemas"]["Engagement"];
            stages: components["schemas"]["Stamp"][];
            completion: {
                record: string;
                at: number;
                day: string;
                outcome: string;
                inferred: string | null;
                rule: string;
            } | null;
            primaryOpportunity: {
                id: string;
                name: string;
                role: string | null;
            } | null;
            dormantDay: string | null;
            voided: boolean;
            influencing: components["schemas"]["Engagement"][];
        };
        OpportunityLine: {
            id: string;
            name: string;
            account: {
                id: string;
                name: string;
            } | null;
            owner: {
                id: string;
                name: string;
            };
            stage: string | null;
            probability: number | null;
            closed: boolean;
            won: boolean;
            createdDay: string;
            closedDay: string | null;
            closeDate: string | null;
            amount: number | null;
            currency: string;
            organisationAmount: number | null;
            leadSource: string | null;
            attributionActivation: string | null;
            attributionRule: string | null;
            deleted: boolean;
        };
        Finding: {
            code: string;
            record: string;
            day: string;
            detail: string;
        };
        Person: {
            id: string;
            name: string | null;
            email: string | null;
            title: string | null;
            company: string | null;
            country: string | null;
            phone: string | null;
            /** @enum {string} */
            object: "lead" | "contact";
            leads: string[];
            contacts: string[];
            account: {
                id: string;
                name: string;
            } | null;
            owner: {
                id: string;
                name: string;
            };
            status: string | null;
            score: number | null;
            createdDay: string;
            deleted: boolean;
            dormant: boolean;
            next: {
                /** @enum {string} */
                recordType: "Activation" | "Influencing Engagement";
                because: string;
                rule: string;
            };
            journeys: components["schemas"]["Journey"][];
            interactions: {
                id: string;
                at: number;
                day: string;
                kind: string;
                label: string;
                medium: string | null;
                source: string | null;
                campaign: string | null;
                engagement: string | null;
                rule: string;
            }[];
            opportunities: components["schemas"]["OpportunityLine"][];
            findings: components["schemas"]["Finding"][];
        };
        Opportunity: {
            id: string;
            name: string;
            account: {
                id: string;
                name: string;
            } | null;
            owner: {
                id: string;
                name: string;
            };
            stage: string | null;
            probability: number | null;
            closed: boolean;
            won: boolean;
            createdDay: string;
            closedDay: string | null;
            closeDate: string | null;
            amount: number | null;
            currency: string;
            organisationAmount: number | null;
            leadSource: string | null;
            attributionActivation: string | null;
            attributionRule: string | null;
            deleted: boolean;
            stages: components["schemas"]["Stamp"][];
            attribution: {
                engagement: components["schemas"]["Engagement"];
                personName: string | null;
            } | null;
            contactRoles: {
                contact: string;
                person: string | null;
                name: string | null;
                role: string | null;
                primary: boolean;
                day: string;
            }[];
            journeys: {
                id: string;
                person: string | null;
                personName: string | null;
                activation: components["schemas"]["Engagement"];
                role: string | null;
                open: boolean;
            }[];
        };
        Explanation: {
            record: string;
            statement: string;
            rule: {
                id: string;
                text: string;
            } | null;
            facts: {
                id: string;
                kind: string;
                role: string;
                at: number;
                day: string;
                recordedDay: string;
                inferred: string | null;
                values: {
                    [key: string]: unknown;
                };
            }[];
            alternatives: {
                statement: string;
                rule: string | null;
                lostBecause: string;
            }[];
            related: {
                record: string;
                label: string;
            }[];
        };
        Received: {
            added: number;
            repeated: number;
        };
        Health: {
            /** @constant */
            status: "ok";
        };
        Error: {
            error: {
                /** @enum {string} */
                code: "invalid-request" | "foreign-origin" | "not-found" | "method-not-allowed" | "too-large" | "not-json" | "foreign-host" | "too-many-requests" | "internal" | "not-ready";
                message: string;
                remedy?: string;
                issues?: {
                    path: string;
                    message: string;
                }[];
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listReports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportList"];
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    runReport: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                view?: "cohort" | "period";
                by?: "medium" | "source" | "campaign" | "engagement-type" | "activation-type" | "triggered-by" | "owner" | "month";
                option?: string;
                stage?: number;
                state?: "open" | "complete" | "dormant-soon";
                outcome?: string;
                withoutFallbacks?: "true" | "false";
                sort?: string;
                descending?: "true" | "false";
                offset?: number;
                limit?: number;
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, and what the figures in it are. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                    "text/csv": string;
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listPeople: {
        parameters: {
            query?: {
                q?: string;
                state?: "active" | "dormant";
                owner?: string;
                sort?: "last-engagement" | "created" | "score" | "engagements" | "owner" | "status";
                descending?: "true" | "false";
                page?: number;
                size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["People"];
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listOwners: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Owners"];
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getOpportunity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Opportunity"];
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    explain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    addFacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    facts: ({
                        /** @enum {string} */
                        kind: "user-recorded";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        user: string;
                        name: string;
                        role?: string;
                        queue?: boolean;
                        active?: boolean;
                    } | {
                        /** @enum {string} */
                        kind: "campaign-recorded";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        campaign: string;
                        name: string;
                        type?: string;
                        fields?: {
                            [key: string]: string | number | boolean | null;
                        };
                    } | {
                        /** @enum {string} */
                        kind: "account-recorded";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        account: string;
                        name: string;
                        owner?: string;
                        industry?: string;
                    } | {
                        /** @enum {string} */
                        kind: "lead-created";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        by: string;
                        owner: string;
                        status?: string;
                        score?: number;
                        leadSource?: string;
                        email?: string;
                        submission?: {
                            first?: {
                                medium?: string;
                                source?: string;
                                campaign?: string;
                                content?: string;
                                term?: string;
                            };
                            last?: {
                                medium?: string;
                                source?: string;
                                campaign?: string;
                                content?: string;
                                term?: string;
                            };
                            engagementType?: string;
                            engagementAt?: number;
                        };
                        fields?: {
                            [key: string]: string | number | boolean | null;
                        };
                        lead: string;
                    } | {
                        /** @enum {string} */
                        kind: "contact-created";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        by: string;
                        owner: string;
                        status?: string;
                        score?: number;
                        leadSource?: string;
                        email?: string;
                        submission?: {
                            first?: {
                                medium?: string;
                                source?: string;
                                campaign?: string;
                                content?: string;
                                term?: string;
                            };
                            last?: {
                                medium?: string;
                                source?: string;
                                campaign?: string;
                                content?: string;
                                term?: string;
                            };
                            engagementType?: string;
                            engagementAt?: number;
                        };
                        fields?: {
                            [key: string]: string | number | boolean | null;
                        };
                        contact: string;
                        account?: string;
                    } | {
                        /** @enum {string} */
                        kind: "status-changed";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        record: string;
                        from?: string;
                        to: string;
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "owner-changed";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        record: string;
                        to: string;
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "score-changed";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        record: string;
                        to: number;
                    } | {
                        /** @enum {string} */
                        kind: "fields-changed";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        record: string;
                        fields: {
                            [key: string]: string | number | boolean | null;
                        };
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "lead-converted";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        lead: string;
                        contact: string;
                        account?: string;
                        opportunity?: string;
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "records-merged";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        survivor: string;
                        readonly merged: string[];
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "interaction-recorded";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        person: string;
                        /** @enum {string} */
                        channel: "form" | "list-upload" | "api" | "manual";
                        submission: {
                            first?: {
                                medium?: string;
                                source?: string;
                                campaign?: string;
                                content?: string;
                                term?: string;
                            };
                            last?: {
                                medium?: string;
                                source?: string;
                                campaign?: string;
                                content?: string;
                                term?: string;
                            };
                            engagementType?: string;
                            engagementAt?: number;
                        };
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "campaign-member-set";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        member: string;
                        campaign: string;
                        person: string;
                        status?: string;
                        responded?: boolean;
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "task-recorded";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        task: string;
                        person: string;
                        owner: string;
                        subject?: string;
                        type?: string;
                        status?: string;
                        fields?: {
                            [key: string]: string | number | boolean | null;
                        };
                    } | {
                        /** @enum {string} */
                        kind: "opportunity-created";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        opportunity: string;
                        name?: string;
                        account?: string;
                        by: string;
                        owner: string;
                        leadSource?: string;
                        stage?: string;
                        probability?: number;
                        closed?: boolean;
                        won?: boolean;
                        /** Format: date */
                        closeDate?: string;
                        amount?: number;
                        currency?: string;
                        fields?: {
                            [key: string]: string | number | boolean | null;
                        };
                    } | {
                        /** @enum {string} */
                        kind: "opportunity-changed";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        opportunity: string;
                        stage?: string;
                        probability?: number;
                        closed?: boolean;
                        won?: boolean;
                        /** Format: date */
                        closeDate?: string;
                        amount?: number;
                        currency?: string;
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "opportunity-closed";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        opportunity: string;
                        won: boolean;
                        stage?: string;
                        /** Format: date */
                        closeDate?: string;
                        amount?: number;
                        currency?: string;
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "opportunity-reopened";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        opportunity: string;
                        stage?: string;
                        probability?: number;
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "contact-role-added";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        contactRole: string;
                        contact: string;
                        opportunity: string;
                        role?: string;
                        primary?: boolean;
                        by: string;
                    } | {
                        /** @enum {string} */
                        kind: "contact-role-removed";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        contactRole: string;
                        contact: string;
                        opportunity: string;
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "record-deleted";
                        id: string;
                        occurredAt: number;
                        recordedAt: number;
                        /** @enum {string} */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        record: string;
                        by?: string;
                    })[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Received"];
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
}
