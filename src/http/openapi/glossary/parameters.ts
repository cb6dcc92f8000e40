/** Of parameters in paths and queries. */
export const parameterWords = (): Record<string, string> => ({
  session_id: 'The session, as `POST /kyc/sessions` answered it.',
  workflow_id: 'The workflow, as `POST /kyc/workflows` answered it.',
  doc_id: 'The document, from `steps_data[].documents[]` of the session or the answer of an upload.',
  sub_id: 'The subsession: the `session_id` that its creation answered.',
  step_id: 'The step, from `steps_data[]` of the session.',
  template: 'The template to begin with.',
  status: 'Only these statuses: one or several, separated by commas.',
  compliance_status: 'Only these inboxes: one or several, separated by commas.',
  final_decision: 'Only these decisions, separated by commas; `none` = no decision yet.',
  'listSessions.workflow_id': 'Only sessions of these workflows: one or several, separated by commas.',
  client_id: 'Only sessions with one of these client ids, separated by commas.',
  tag: 'Only sessions that have one of these `custom_tags`, separated by commas.',
  risk_min: 'Only sessions whose risk score is at least this; 0–100.',
  risk_max: 'Only sessions whose risk score is at most this; 0–100.',
  include_summary: '`true` adds `summary`: counts over all that match, not only this page. Left out: `false`.',
})
