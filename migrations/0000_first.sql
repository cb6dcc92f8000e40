CREATE TABLE `access_log` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`at` integer NOT NULL,
	`actor_type` text NOT NULL,
	`actor_id` text NOT NULL,
	`request_id` text NOT NULL,
	`operation` text NOT NULL,
	`session_id` text
);
--> statement-breakpoint
CREATE TABLE `api_keys` (
	`key_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`name` text NOT NULL,
	`key_hash` text NOT NULL,
	`hint` text NOT NULL,
	`permissions` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_by_hash` ON `api_keys` (`key_hash`);--> statement-breakpoint
CREATE INDEX `api_keys_by_tenant` ON `api_keys` (`tenant_id`,`mode`,`created_at`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`session_id` text NOT NULL,
	`kind` text NOT NULL,
	`payload` text NOT NULL,
	`lease_until` integer NOT NULL,
	`attempts` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `outbox_by_lease` ON `outbox` (`lease_until`);--> statement-breakpoint
CREATE INDEX `outbox_by_session` ON `outbox` (`session_id`);--> statement-breakpoint
CREATE TABLE `session_events` (
	`session_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`at` integer NOT NULL,
	`type` text NOT NULL,
	`payload` text NOT NULL,
	PRIMARY KEY(`session_id`, `sequence`)
);
--> statement-breakpoint
CREATE TABLE `session_states` (
	`session_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`owner` text NOT NULL,
	`version` integer NOT NULL,
	`status` text NOT NULL,
	`next_sequence` integer NOT NULL,
	`link_generation` integer NOT NULL,
	`link_nonce_hash` text NOT NULL,
	`workflow_id` text NOT NULL,
	`workflow_version` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `session_states_due` ON `session_states` (`expires_at`) WHERE owner = 'seed' AND status = 'draft';--> statement-breakpoint
CREATE TABLE `session_tags` (
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`tag` text NOT NULL,
	`created_key` text NOT NULL,
	`session` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `mode`, `tag`, `created_key`)
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` integer PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`session_id` text NOT NULL,
	`version` integer NOT NULL,
	`status` text NOT NULL,
	`final_decision` text,
	`workflow_id` text NOT NULL,
	`client_id` text,
	`parent_session_id` text,
	`risk_score` real,
	`risk_unit` integer,
	`risk_ten` integer,
	`checks_ended` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_key` text NOT NULL,
	`updated_at` integer NOT NULL,
	`client_id_lower` text,
	`user_email_lower` text,
	`user_name_lower` text,
	`placement` integer NOT NULL,
	`row` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_by_id` ON `sessions` (`tenant_id`,`mode`,`session_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_created` ON `sessions` (`tenant_id`,`mode`,`created_key`);--> statement-breakpoint
CREATE INDEX `sessions_by_status` ON `sessions` (`tenant_id`,`mode`,`status`,`created_key`);--> statement-breakpoint
CREATE INDEX `sessions_by_decision` ON `sessions` (`tenant_id`,`mode`,`final_decision`,`created_key`);--> statement-breakpoint
CREATE INDEX `sessions_by_workflow` ON `sessions` (`tenant_id`,`mode`,`workflow_id`,`created_key`);--> statement-breakpoint
CREATE INDEX `sessions_by_parent` ON `sessions` (`tenant_id`,`mode`,`parent_session_id`,`created_key`);--> statement-breakpoint
CREATE INDEX `sessions_by_client` ON `sessions` (`tenant_id`,`mode`,`client_id`,`created_key`) WHERE client_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `sessions_by_risk_unit` ON `sessions` (`tenant_id`,`mode`,`risk_unit`,`created_key`) WHERE risk_unit IS NOT NULL;--> statement-breakpoint
CREATE INDEX `sessions_by_risk_ten` ON `sessions` (`tenant_id`,`mode`,`risk_ten`,`created_key`) WHERE risk_ten IS NOT NULL;--> statement-breakpoint
CREATE INDEX `sessions_by_updated` ON `sessions` (`tenant_id`,`mode`,`updated_at`,`session_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_risk` ON `sessions` (`tenant_id`,`mode`,`risk_score`,`session_id`,`status`,`checks_ended`);--> statement-breakpoint
CREATE INDEX `sessions_by_client_lower` ON `sessions` (`tenant_id`,`mode`,`client_id_lower`) WHERE client_id_lower IS NOT NULL;--> statement-breakpoint
CREATE INDEX `sessions_by_email` ON `sessions` (`tenant_id`,`mode`,`user_email_lower`) WHERE user_email_lower IS NOT NULL;--> statement-breakpoint
CREATE INDEX `sessions_by_name` ON `sessions` (`tenant_id`,`mode`,`user_name_lower`) WHERE user_name_lower IS NOT NULL;--> statement-breakpoint
CREATE TABLE `tenants` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`settings` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tombstones` (
	`session_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`root_session_id` text NOT NULL,
	`phase` text NOT NULL,
	`erased_at` integer NOT NULL,
	`resume_at` integer NOT NULL,
	`by` text NOT NULL,
	`documents` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `tombstones_by_root` ON `tombstones` (`root_session_id`);--> statement-breakpoint
CREATE INDEX `tombstones_pending` ON `tombstones` (`resume_at`) WHERE phase <> 'done';--> statement-breakpoint
CREATE TABLE `webhook_events` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`event_id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`session_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`type` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_events_by_event_id` ON `webhook_events` (`event_id`);--> statement-breakpoint
CREATE INDEX `webhook_events_feed` ON `webhook_events` (`tenant_id`,`mode`,`position`);--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_events_by_sequence` ON `webhook_events` (`session_id`,`sequence`);--> statement-breakpoint
CREATE TABLE `workflow_versions` (
	`workflow_id` text NOT NULL,
	`version` integer NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`definition` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`workflow_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `workflows` (
	`workflow_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`name` text NOT NULL,
	`status` text NOT NULL,
	`current_version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `workflows_by_created` ON `workflows` (`tenant_id`,`mode`,`status`,`created_at`,`workflow_id`);