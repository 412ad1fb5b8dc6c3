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
    "/api/v1/opportunities/{id}/attribution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Attributes an opportunity by hand, or lets the rules choose again
         * @description Adds a fact to the log; nothing is overwritten. With `person`, the opportunity is attributed to the named activation of that person, or else to their current one. Without, it is chosen by the rules again. Sending the same `key` again changes nothing.
         */
        post: operations["attributeOpportunity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An account: people, journeys, opportunities, amounts, engagements by month */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users and queues, by name */
        get: operations["listUsers"];
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
         * Why a record is as it is or not there: the rule, the facts, the alternatives that lost, what would change it
         * @description Ids: an engagement or journey `eng:…` and its parts `#values`, `#stage-1` to `#stage-6`, `#completion`, `#primary-opportunity`; an opportunity `opportunity:…` and its `#stage-4` to `#stage-6`, `#attribution-activation`; a person `lead:…` or `contact:…`, with `#next` what their next interaction would become; an interaction `int:…`. Percent-encode the id.
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
            /** @description IANA name of the time zone that days are days of. */
            zone: string;
            /** @description ISO 4217 code. */
            currency: string;
            stageLabels: string[];
            /** @description Facts in the log. */
            facts: number;
            /** @description The moment reports speak of; null before the first build. */
            asOf: number | null;
            asOfDay: string | null;
            rulesVersion: number | null;
            /** @description The last publication that reports have taken in. */
            checkpoint: number | null;
            /** @description Publications that reports have not taken in yet. */
            lag: number;
            /** @description An import has added facts that no rebuild has covered. */
            rebuildDue: boolean;
            version: string;
        };
        Column: {
            key: string;
            label: string;
            /**
             * @description Money is in minor units of the report's currency; ratios are 0 to 1; days are elapsed days.
             * @enum {string}
             */
            type: "text" | "id" | "day" | "count" | "ratio" | "days" | "money";
            description?: string;
        };
        ReportList: {
            reports: {
                name: string;
                title: string;
                description: string;
                /** @description Parameters it heeds; others are refused. */
                takes: string[];
                /** @description What `where` can speak of. */
                filters: {
                    field: string;
                    /** @enum {string} */
                    type: "text" | "choice" | "count" | "money" | "day";
                    choices?: string[];
                    description: string;
                }[];
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
            /** @description Rows there are in all. */
            total: number;
            about: {
                /** @description As understood, with defaults filled in. */
                parameters: {
                    [key: string]: string | number | boolean | string[];
                };
                /** @description ISO 4217 code. */
                currency: string;
                /** @description Milliseconds since 1970-01-01T00:00:00Z. */
                asOf: number;
                /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
                asOfDay: string;
                rulesVersion: number | null;
                /** @description What a reader must know to trust the figures: what was left out. */
                notes: string[];
            };
        };
        PersonLine: {
            id: string;
            /** @description Null where no details are kept of the person. */
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
            /** @description The next interaction starts a new journey. */
            dormant: boolean;
            engagements: number;
            journeys: number;
            lastEngagementDay: string | null;
            /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
            createdDay: string;
            activationType: string | null;
            medium: string | null;
            source: string | null;
            /** @description The highest stage the current journey reached. */
            stage: number | null;
        };
        People: {
            people: components["schemas"]["PersonLine"][];
            total: number;
            page: number;
            size: number;
            /** @description More people match the search than were looked at: narrow it. */
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
            /** @description Milliseconds since 1970-01-01T00:00:00Z. */
            at: number;
            /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
            day: string;
            /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
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
            /** @description What the values were before corrections changed them, and the ids of these. */
            corrected: {
                by: string[];
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
            } | null;
            reporting: {
                /** @description `Unmapped` where no rule says, as the two categories. */
                department: string;
                mediumCategory: string;
                medium: string | null;
                source: string | null;
                campaign: string | null;
                content: string | null;
                term: string | null;
                engagementType: string | null;
                engagementTypeCategory: string;
            };
            backdated: boolean;
            voided: boolean;
            parent: string | null;
            /** @description Number of a rule in the specification, such as `A5`. */
            rule: string;
        };
        Stamp: {
            /** @description What to ask `explain` about. */
            record: string;
            stage: number;
            label: string;
            /** @description Null: not reached. */
            at: number | null;
            day: string | null;
            owner: {
                id: string;
                name: string;
            } | null;
            /** @description Why the moment itself is an inference; null where it is known. */
            inferred: string | null;
            /** @description The stage was skipped and took the date of a later one. */
            filled: boolean;
            rule: string | null;
        };
        Journey: {
            id: string;
            activation: components["schemas"]["Engagement"];
            stages: components["schemas"]["Stamp"][];
            /** @description Null while the journey is open. */
            completion: {
                record: string;
                /** @description Milliseconds since 1970-01-01T00:00:00Z. */
                at: number;
                /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
                day: string;
                outcome: string;
                inferred: string | null;
                /** @description Number of a rule in the specification, such as `A5`. */
                rule: string;
            } | null;
            primaryOpportunity: {
                id: string;
                name: string;
                role: string | null;
            } | null;
            /** @description When dormancy would end it if nothing more happened. */
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
            /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
            createdDay: string;
            closedDay: string | null;
            closeDate: string | null;
            /** @description Minor units of `currency`. */
            amount: number | null;
            /** @description ISO 4217 code. */
            currency: string;
            /** @description Minor units of the organisation's currency. */
            organisationAmount: number | null;
            leadSource: string | null;
            attributionActivation: string | null;
            attributionRule: string | null;
            deleted: boolean;
        };
        Finding: {
            code: string;
            record: string;
            /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
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
            /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
            createdDay: string;
            deleted: boolean;
            dormant: boolean;
            /** @description What the next interaction will be. */
            next: {
                /** @enum {string} */
                recordType: "Activation" | "Influencing Engagement";
                because: string;
                /** @description Number of a rule in the specification, such as `A5`. */
                rule: string;
            };
            /** @description In the order of time. */
            journeys: components["schemas"]["Journey"][];
            interactions: {
                id: string;
                /** @description Milliseconds since 1970-01-01T00:00:00Z. */
                at: number;
                /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
                day: string;
                kind: string;
                label: string;
                medium: string | null;
                source: string | null;
                campaign: string | null;
                /** @description The engagement it became; null where it made none. */
                engagement: string | null;
                /** @description Number of a rule in the specification, such as `A5`. */
                rule: string;
            }[];
            opportunities: components["schemas"]["OpportunityLine"][];
            /** @description Opportunities that the person has a contact role on now. */
            roles: {
                opportunity: string;
                opportunityName: string;
                contact: string;
                role: string | null;
                primary: boolean;
                /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
                day: string;
            }[];
            /** @description The facts about the person's records, in the order of reading. */
            history: components["schemas"]["History"][];
            findings: components["schemas"]["Finding"][];
        };
        Change: {
            field: string;
            /** @description Null: nothing is known of before. */
            from: string | null;
            to: string;
            /**
             * @description Days are YYYY-MM-DD; money is a decimal amount and its currency.
             * @enum {string}
             */
            type: "text" | "day" | "money";
        };
        History: {
            fact: string;
            kind: string;
            /** @enum {string} */
            group: "record" | "field" | "interaction" | "campaign" | "task" | "role" | "close" | "attribution";
            /** @description Milliseconds since 1970-01-01T00:00:00Z. */
            at: number;
            /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
            day: string;
            /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
            recordedDay: string;
            inferred: string | null;
            /** @description What happened, in a few words. */
            text: string;
            changes: components["schemas"]["Change"][];
            /** @description Who did it; null where the source does not say. */
            by: {
                id: string;
                name: string;
            } | null;
            reason: string | null;
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
            /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
            createdDay: string;
            closedDay: string | null;
            closeDate: string | null;
            /** @description Minor units of `currency`. */
            amount: number | null;
            /** @description ISO 4217 code. */
            currency: string;
            /** @description Minor units of the organisation's currency. */
            organisationAmount: number | null;
            leadSource: string | null;
            attributionActivation: string | null;
            attributionRule: string | null;
            deleted: boolean;
            /** @description Stages 1 to 3 of the attribution activation, and 4 to 6 of the opportunity. */
            stages: components["schemas"]["Stamp"][];
            /** @description The attribution activation. */
            attribution: {
                engagement: components["schemas"]["Engagement"];
                person: string | null;
                personName: string | null;
                /** @description The attribution contact. */
                contact: string | null;
                open: boolean;
                outcome: string | null;
                /** @description Who set it by hand, and why; null where the rules chose it. */
                byHand: {
                    by: {
                        id: string;
                        name: string;
                    };
                    /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
                    day: string;
                    reason: string;
                } | null;
            } | null;
            contactRoles: {
                contact: string;
                person: string | null;
                name: string | null;
                role: string | null;
                primary: boolean;
                /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
                day: string;
                /** @description What the opportunity could be attributed to by hand, newest first. */
                activations: {
                    id: string;
                    activationType: string | null;
                    /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
                    day: string;
                    engagementType: string | null;
                    medium: string | null;
                    source: string | null;
                    open: boolean;
                    outcome: string | null;
                    /** @description It is the person's current one. */
                    current: boolean;
                }[];
            }[];
            /** @description The facts about the opportunity, in the order of reading. */
            history: components["schemas"]["History"][];
            findings: components["schemas"]["Finding"][];
            journeys: {
                id: string;
                person: string | null;
                personName: string | null;
                activation: components["schemas"]["Engagement"];
                role: string | null;
                open: boolean;
            }[];
        };
        Account: {
            id: string;
            name: string;
            owner: {
                id: string;
                name: string;
            } | null;
            industry: string | null;
            /** @description The most recently engaged ones. */
            people: components["schemas"]["PersonLine"][];
            peopleTotal: number;
            engagements: number;
            /** @description The newest ones, in the order of time. */
            journeys: {
                id: string;
                person: string | null;
                personName: string | null;
                activationType: string;
                engagementType: string | null;
                medium: string | null;
                source: string | null;
                /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
                day: string;
                stages: (string | null)[];
                completedDay: string | null;
                outcome: string | null;
                opportunity: string | null;
                opportunityRole: string | null;
                /** @description Days of the influencing engagements. */
                influencing: string[];
            }[];
            journeysTotal: number;
            /** @description The newest ones, in the order of time. */
            opportunities: components["schemas"]["OpportunityLine"][];
            opportunitiesTotal: number;
            /** @description Opportunities that are not deleted, by state and currency. */
            amounts: {
                /** @enum {string} */
                state: "open" | "won" | "lost";
                /** @description ISO 4217 code. */
                currency: string;
                opportunities: number;
                /** @description Minor units of `currency`; null where no opportunity has an amount. */
                amount: number | null;
                /** @description Minor units of the organisation's currency; null without rate. */
                organisationAmount: number | null;
            }[];
            /** @description Engagements by month, months without any left out. */
            months: {
                /** @description YYYY-MM. */
                month: string;
                activations: number;
                influencing: number;
            }[];
        };
        Users: {
            users: {
                id: string;
                name: string;
                role: string | null;
                queue: boolean;
            }[];
        };
        Explanation: {
            record: string;
            /** @description Whether the thing asked about is there: a stage reached, a journey ended, a link set. */
            so: boolean;
            /** @description What is so, in one sentence. */
            statement: string;
            rule: {
                /** @description Number of a rule in the specification, such as `A5`. */
                id: string;
                text: string;
            } | null;
            facts: {
                id: string;
                kind: string;
                /** @description What it has to do with the matter. */
                role: string;
                /** @description The source record it was read from, such as `Salesforce Lead 00Q… created`. */
                source: string;
                /** @description Milliseconds since 1970-01-01T00:00:00Z. */
                at: number;
                /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
                day: string;
                /** @description A day of the organisation's time zone, as YYYY-MM-DD. */
                recordedDay: string;
                inferred: string | null;
                /** @description The other fields of the fact. */
                values: {
                    [key: string]: unknown;
                };
            }[];
            alternatives: {
                statement: string;
                rule: string | null;
                lostBecause: string;
            }[];
            /** @description Where one of several was chosen: all that could have been, the best first. */
            ranking: {
                /** @description The order they were ranked by, such as `began-the-process`. */
                strategy: string;
                candidates: {
                    /** @description What to ask `explain` about. */
                    record: string;
                    label: string;
                    place: number;
                    /** @description In the order of the strategy; the last says what decided its place. */
                    reasons: string[];
                }[];
            } | null;
            /** @description The smallest changes that would make it otherwise, the smallest first; each was carried out before it is told. A sentence is `change`, a comma, `result`, a full stop. */
            flips: {
                /** @description What would have changed, such as `Had the role been given by 2026-03-04 15:00`. */
                change: string;
                /** @description The fact it is about; null where none is. */
                fact: string | null;
                /** @description What would then be so, such as `it would be attributed to eng:…`. */
                result: string;
            }[];
            /** @description Ids of facts that by themselves, under the same rules, give this very record again. */
            sufficient: string[];
            related: {
                record: string;
                label: string;
            }[];
            /** @description Names of the people and users whose records are mentioned, by `lead:…`, `contact:…` or `user:…`. */
            names: {
                [key: string]: string;
            };
        };
        Received: {
            /** @description Facts that were new. */
            added: number;
            /** @description Facts whose id the log already had: nothing was changed by them. */
            repeated: number;
        };
        Health: {
            /** @constant */
            status: "ok";
        };
        /** @description What went wrong, where, and what to do about it. */
        Error: {
            error: {
                /** @enum {string} */
                code: "invalid-request" | "foreign-origin" | "not-found" | "method-not-allowed" | "too-large" | "not-json" | "foreign-host" | "too-many-requests" | "internal" | "not-ready";
                /** @description What is wrong, and where. */
                message: string;
                /** @description What to do about it. */
                remedy?: string;
                issues?: {
                    /** @description Where in the request, such as `facts[3].occurredAt` or `query.from`. */
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
                /** @description First day, in the organisation's zone. Absent: from the beginning. */
                from?: string;
                /** @description Last day, included. Absent: until now. */
                to?: string;
                /** @description `cohort`: journeys that began in the period. `period`: what happened in the period. */
                view?: "cohort" | "period";
                /** @description Splits the figures by this dimension. */
                by?: "department" | "medium-category" | "medium" | "source" | "campaign" | "engagement-type-category" | "engagement-type" | "activation-type" | "triggered-by" | "owner" | "month" | "quarter" | "fiscal-quarter" | "fiscal-year";
                /** @description Only this option of the dimension. */
                option?: string;
                /** @description A condition, `field:value`; also `!:` (is not), `~:` (contains), `>=:` and `<=:`. Several on one field with `:` are alternatives; all others must hold together. */
                where?: string | string[];
                /** @description Only journeys that reached this stage. */
                stage?: number;
                state?: "open" | "complete" | "dormant-soon";
                outcome?: string;
                /** @description Leaves out journeys that an opportunity's fallback began. */
                withoutFallbacks?: "true" | "false";
                /** @description Keys of the columns wanted, in the order wanted. */
                columns?: string | string[];
                /** @description How many levels are shown. */
                levels?: number;
                /** @description Only what lies under these options, the top level’s first. */
                path?: string | string[];
                /** @description Key of the column to sort by. */
                sort?: string;
                descending?: "true" | "false";
                offset?: number;
                limit?: number;
                /** @description `csv` answers a file for spreadsheets. */
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
                /** @description Part of a name, an e-mail address or a company. */
                q?: string;
                state?: "active" | "dormant";
                /** @description Id of the user or queue that owns the person. */
                owner?: string;
                /** @description Id of the account that the person belongs to. */
                account?: string;
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
    attributeOpportunity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Drawn by the sender, such as a UUID: the same choice sent twice counts once. */
                    key: string;
                    /** @description Whose activation; left out: the rules choose again. */
                    person?: string;
                    /** @description Which of the person's activations; left out: the current one. */
                    activation?: string;
                    reason: string;
                    /** @description Id of the user who decides. */
                    by: string;
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
            403: {
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
    getAccount: {
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
                    "application/json": components["schemas"]["Account"];
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
    listUsers: {
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
                    "application/json": components["schemas"]["Users"];
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
                    /** @description Facts to add. One whose id is known changes nothing. */
                    facts: ({
                        /** @enum {string} */
                        kind: "user-recorded";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Id of a user or a queue in the source system. */
                        user: string;
                        name: string;
                        /** @description Short role label, such as BDR. */
                        role?: string;
                        /** @description True of a queue that owns records until somebody does. */
                        queue?: boolean;
                        active?: boolean;
                    } | {
                        /** @enum {string} */
                        kind: "campaign-recorded";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Id of the campaign in the source system. */
                        campaign: string;
                        name: string;
                        type?: string;
                        /** @description Custom field values that the company's own criteria may look at. */
                        fields?: {
                            [key: string]: string | number | boolean | null;
                        };
                    } | {
                        /** @enum {string} */
                        kind: "account-recorded";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Id of the account in the source system. */
                        account: string;
                        name: string;
                        /** @description Id of a user or a queue in the source system. */
                        owner?: string;
                        industry?: string;
                    } | {
                        /** @enum {string} */
                        kind: "lead-created";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Who created the record. */
                        by: string;
                        /** @description Who owns the record: a user or a queue. */
                        owner: string;
                        /** @description The status' name, as the source writes it. */
                        status?: string;
                        /** @description The score the source gives the person. */
                        score?: number;
                        /** @description Lead Source as set at creation. */
                        leadSource?: string;
                        /** @description A person's e-mail address as a keyed hash: `email:` and 32 hexadecimal digits. Never the address itself. */
                        email?: string;
                        /** @description The values that arrived with an interaction. */
                        submission?: {
                            /** @description Tags of the first click. */
                            first?: {
                                medium?: string;
                                source?: string;
                                campaign?: string;
                                content?: string;
                                term?: string;
                            };
                            /** @description Tags of the last click. */
                            last?: {
                                medium?: string;
                                source?: string;
                                campaign?: string;
                                content?: string;
                                term?: string;
                            };
                            /** @description What the person did, such as `Whitepaper - Buyer Guide`. */
                            engagementType?: string;
                            /** @description When it happened, if that is not when its record was made. */
                            engagementAt?: number;
                        };
                        /** @description Custom field values that the company's own criteria may look at. */
                        fields?: {
                            [key: string]: string | number | boolean | null;
                        };
                        /** @description Id of the lead in the source system. */
                        lead: string;
                    } | {
                        /** @enum {string} */
                        kind: "contact-created";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Who created the record. */
                        by: string;
                        /** @description Who owns the record: a user or a queue. */
                        owner: string;
                        /** @description The status' name, as the source writes it. */
                        status?: string;
                        /** @description The score the source gives the person. */
                        score?: number;
                        /** @description Lead Source as set at creation. */
                        leadSource?: string;
                        /** @description A person's e-mail address as a keyed hash: `email:` and 32 hexadecimal digits. Never the address itself. */
                        email?: string;
                        /** @description The values that arrived with an interaction. */
                        submission?: {
                            /** @description Tags of the first click. */
                            first?: {
                                medium?: string;
                                source?: string;
                                campaign?: string;
                                content?: string;
                                term?: string;
                            };
                            /** @description Tags of the last click. */
                            last?: {
                                medium?: string;
                                source?: string;
                                campaign?: string;
                                content?: string;
                                term?: string;
                            };
                            /** @description What the person did, such as `Whitepaper - Buyer Guide`. */
                            engagementType?: string;
                            /** @description When it happened, if that is not when its record was made. */
                            engagementAt?: number;
                        };
                        /** @description Custom field values that the company's own criteria may look at. */
                        fields?: {
                            [key: string]: string | number | boolean | null;
                        };
                        /** @description Id of the contact in the source system. */
                        contact: string;
                        /** @description Id of the account in the source system. */
                        account?: string;
                    } | {
                        /** @enum {string} */
                        kind: "status-changed";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description `lead:` or `contact:` and the id of the row the person appears as. */
                        record: string;
                        /** @description What the source says it was before. */
                        from?: string;
                        /** @description The status' name, as the source writes it. */
                        to: string;
                        /** @description Who did it. */
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "owner-changed";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description The object and id of the source's record, such as `opportunity:006…`. */
                        record: string;
                        /** @description Id of a user or a queue in the source system. */
                        to: string;
                        /** @description Who did it. */
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "score-changed";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description `lead:` or `contact:` and the id of the row the person appears as. */
                        record: string;
                        /** @description The score the source gives the person. */
                        to: number;
                    } | {
                        /** @enum {string} */
                        kind: "fields-changed";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description The object and id of the source's record, such as `opportunity:006…`. */
                        record: string;
                        /** @description Custom field values that the company's own criteria may look at. */
                        fields: {
                            [key: string]: string | number | boolean | null;
                        };
                        /** @description Who did it. */
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "lead-converted";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Id of the lead in the source system. */
                        lead: string;
                        /** @description Id of the contact in the source system. */
                        contact: string;
                        /** @description Id of the account in the source system. */
                        account?: string;
                        /** @description Id of the opportunity in the source system. */
                        opportunity?: string;
                        /** @description Who did it. */
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "records-merged";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description `lead:` or `contact:` and the id of the row the person appears as. */
                        survivor: string;
                        readonly merged: string[];
                        /** @description Who did it. */
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "interaction-recorded";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description The person; the hash of an e-mail address where nothing else is known. */
                        person: string;
                        /** @enum {string} */
                        channel: "form" | "list-upload" | "api" | "manual";
                        /** @description The values that arrived with an interaction. */
                        submission: {
                            /** @description Tags of the first click. */
                            first?: {
                                medium?: string;
                                source?: string;
                                campaign?: string;
                                content?: string;
                                term?: string;
                            };
                            /** @description Tags of the last click. */
                            last?: {
                                medium?: string;
                                source?: string;
                                campaign?: string;
                                content?: string;
                                term?: string;
                            };
                            /** @description What the person did, such as `Whitepaper - Buyer Guide`. */
                            engagementType?: string;
                            /** @description When it happened, if that is not when its record was made. */
                            engagementAt?: number;
                        };
                        /** @description Who did it. */
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "campaign-member-set";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Id of the campaign member in the source system. */
                        member: string;
                        /** @description Id of the campaign in the source system. */
                        campaign: string;
                        /** @description `lead:` or `contact:` and the id of the row the person appears as. */
                        person: string;
                        /** @description The status' name, as the source writes it. */
                        status?: string;
                        responded?: boolean;
                        /** @description Who did it. */
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "task-recorded";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Id of the task in the source system. */
                        task: string;
                        /** @description `lead:` or `contact:` and the id of the row the person appears as. */
                        person: string;
                        /** @description Id of a user or a queue in the source system. */
                        owner: string;
                        subject?: string;
                        type?: string;
                        /** @description The status' name, as the source writes it. */
                        status?: string;
                        /** @description Custom field values that the company's own criteria may look at. */
                        fields?: {
                            [key: string]: string | number | boolean | null;
                        };
                    } | {
                        /** @enum {string} */
                        kind: "opportunity-created";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Id of the opportunity in the source system. */
                        opportunity: string;
                        name?: string;
                        /** @description Id of the account in the source system. */
                        account?: string;
                        /** @description Who created it. */
                        by: string;
                        /** @description Who owns it. */
                        owner: string;
                        leadSource?: string;
                        /** @description The opportunity stage's name, as the source writes it. */
                        stage?: string;
                        /** @description Percent, 0 to 100. */
                        probability?: number;
                        /** @description Said by the source; left out where the rules know it from the stage. */
                        closed?: boolean;
                        /** @description Said by the source; left out where the rules know it from the stage. */
                        won?: boolean;
                        /**
                         * Format: date
                         * @description A calendar day as YYYY-MM-DD.
                         */
                        closeDate?: string;
                        /** @description Integer minor units of `currency`, such as cents. */
                        amount?: number;
                        /** @description ISO 4217 code, such as EUR. */
                        currency?: string;
                        /** @description Custom field values that the company's own criteria may look at. */
                        fields?: {
                            [key: string]: string | number | boolean | null;
                        };
                    } | {
                        /** @enum {string} */
                        kind: "opportunity-changed";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Id of the opportunity in the source system. */
                        opportunity: string;
                        /** @description The opportunity stage's name, as the source writes it. */
                        stage?: string;
                        /** @description Percent, 0 to 100. */
                        probability?: number;
                        /** @description Said by the source; left out where the rules know it from the stage. */
                        closed?: boolean;
                        /** @description Said by the source; left out where the rules know it from the stage. */
                        won?: boolean;
                        /**
                         * Format: date
                         * @description A calendar day as YYYY-MM-DD.
                         */
                        closeDate?: string;
                        /** @description Integer minor units of `currency`, such as cents. */
                        amount?: number;
                        /** @description ISO 4217 code, such as EUR. */
                        currency?: string;
                        /** @description Who did it. */
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "opportunity-closed";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Id of the opportunity in the source system. */
                        opportunity: string;
                        won: boolean;
                        /** @description The opportunity stage's name, as the source writes it. */
                        stage?: string;
                        /**
                         * Format: date
                         * @description A calendar day as YYYY-MM-DD.
                         */
                        closeDate?: string;
                        /** @description Integer minor units of `currency`, such as cents. */
                        amount?: number;
                        /** @description ISO 4217 code, such as EUR. */
                        currency?: string;
                        /** @description Who did it. */
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "opportunity-reopened";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Id of the opportunity in the source system. */
                        opportunity: string;
                        /** @description The opportunity stage's name, as the source writes it. */
                        stage?: string;
                        /** @description Percent, 0 to 100. */
                        probability?: number;
                        /** @description Who did it. */
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "contact-role-added";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Id of the contact role in the source system. */
                        contactRole: string;
                        /** @description Id of the contact in the source system. */
                        contact: string;
                        /** @description Id of the opportunity in the source system. */
                        opportunity: string;
                        role?: string;
                        primary?: boolean;
                        /** @description Who added it. */
                        by: string;
                    } | {
                        /** @enum {string} */
                        kind: "contact-role-removed";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Id of the contact role in the source system. */
                        contactRole: string;
                        /** @description Id of the contact in the source system. */
                        contact: string;
                        /** @description Id of the opportunity in the source system. */
                        opportunity: string;
                        /** @description Who did it. */
                        by?: string;
                    } | {
                        /** @enum {string} */
                        kind: "attribution-set";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Id of the opportunity in the source system. */
                        opportunity: string;
                        /** @description `lead:` or `contact:` and the id of the row the person appears as. */
                        person: string;
                        /** @description The activation's id; left out: the person's current one. */
                        activation?: string;
                        /** @description Why, in a sentence. */
                        reason: string;
                        /** @description Who chose it. */
                        by: string;
                    } | {
                        /** @enum {string} */
                        kind: "attribution-released";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description Id of the opportunity in the source system. */
                        opportunity: string;
                        /** @description Why, in a sentence. */
                        reason?: string;
                        /** @description Who released it. */
                        by: string;
                    } | {
                        /** @enum {string} */
                        kind: "record-deleted";
                        /** @description Key of the fact in the system it came from. Unique; repeats change nothing. */
                        id: string;
                        /** @description When it happened. Milliseconds since 1970-01-01T00:00:00Z. */
                        occurredAt: number;
                        /** @description When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z. */
                        recordedAt: number;
                        /**
                         * @description How sure we are of `occurredAt`; left out where the source gave it.
                         * @enum {string}
                         */
                        inferred?: "last-modified" | "day-only" | "current-value";
                        /** @description The object and id of the source's record, such as `opportunity:006…`. */
                        record: string;
                        /** @description Who did it. */
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
