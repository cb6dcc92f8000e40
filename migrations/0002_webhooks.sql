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
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`tenant_id`,`mode`,`next_attempt_at`) WHERE status = 'pending' AND next_attempt_at IS NOT NULL;