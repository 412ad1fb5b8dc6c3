export { ORG_FILE_NAMES, ORG_FILES, type OrgFile, type OrgRow } from './files.ts'
export { OrgFolderError, type OrgManifest, type OrgProgress, writeOrg } from './folder.ts'
export { generateOrg, historyEnd, type OrgOptions, OrgOptionsError } from './organisation.ts'
export { isSalesforceId } from './salesforce-id.ts'
export {
  type Agreement,
  compareWithTruth,
  type Derived,
  type Disagreement,
  TRUTH_FILES,
  type TruthRows,
} from './truth-comparison.ts'
