CREATE TABLE `access_seals` (
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`number` integer NOT NULL,
	`day` text NOT NULL,
	`after_id` integer NOT NULL,
	`last_id` integer NOT NULL,
	`lines` integer NOT NULL,
	`previous` text NOT NULL,
	`hash` text NOT NULL,
	`sealed_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `mode`, `number`)
);
--> statement-breakpoint
CREATE INDEX `access_seals_by_day` ON `access_seals` (`tenant_id`,`mode`,`day`);--> statement-breakpoint
CREATE TABLE `cursors` (
	`name` text PRIMARY KEY NOT NULL,
	`position` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `notification_channels` (
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`webhook_url` text,
	`secret` text,
	`secret_hint` text,
	`previous_secret` text,
	`previous_until` integer,
	`gone_at` integer,
	`time_outs` integer NOT NULL,
	`probe_until` integer NOT NULL,
	`emails` text NOT NULL,
	`slack_url` text,
	`slack_hint` text,
	`batch` integer NOT NULL,
	`version` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `mode`)
);
--> statement-breakpoint
CREATE TABLE `restore_watch` (
	`id` integer PRIMARY KEY NOT NULL,
	`beat` integer NOT NULL,
	`beat_at` integer NOT NULL,
	`position` integer NOT NULL,
	`repair` text
);
--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`position` integer PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_attempt_at` integer,
	`claim` text,
	`first_attempt_at` integer,
	`last_attempt_at` integer,
	`last_outcome` text,
	`last_status` integer,
	`last_duration_ms` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `webhook_deliveries_by_time` ON `webhook_deliveries` (`tenant_id`,`mode`,`created_at`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_open` ON `webhook_deliveries` (`tenant_id`,`mode`,`status`,`created_at`) WHERE status <> 'delivered';--> statement-breakpoint
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`tenant_id`,`mode`,`next_attempt_at`) WHERE status = 'pending' AND next_attempt_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `created_by` text;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `revoked_by` text;--> statement-breakpoint
ALTER TABLE `session_events` ADD `salt` text;--> statement-breakpoint
ALTER TABLE `session_events` ADD `link` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `retention_from` integer;--> statement-breakpoint
CREATE INDEX `sessions_by_retention` ON `sessions` (`tenant_id`,`mode`,`retention_from`) WHERE retention_from IS NOT NULL;--> statement-breakpoint
ALTER TABLE `tombstones` ADD `audit_head` text;--> statement-breakpoint
ALTER TABLE `tombstones` ADD `audit_length` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `access_log_by_tenant` ON `access_log` (`tenant_id`,`mode`,`id`,`at`);--> statement-breakpoint
CREATE INDEX `tenants_with_retention` ON `tenants` (`tenant_id`) WHERE settings ->> '$.retention_days' IS NOT NULL;