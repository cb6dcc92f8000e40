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
ALTER TABLE `api_keys` ADD `created_by` text;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `revoked_by` text;--> statement-breakpoint
ALTER TABLE `session_events` ADD `salt` text;--> statement-breakpoint
ALTER TABLE `session_events` ADD `link` text;--> statement-breakpoint
ALTER TABLE `tombstones` ADD `audit_head` text;--> statement-breakpoint
ALTER TABLE `tombstones` ADD `audit_length` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `access_log_by_tenant` ON `access_log` (`tenant_id`,`mode`,`id`,`at`);