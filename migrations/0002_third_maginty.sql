CREATE TABLE `restore_watch` (
	`id` integer PRIMARY KEY NOT NULL,
	`beat` integer NOT NULL,
	`beat_at` integer NOT NULL,
	`position` integer NOT NULL,
	`repair` text
);
--> statement-breakpoint
ALTER TABLE `sessions` ADD `retention_from` integer;--> statement-breakpoint
CREATE INDEX `sessions_by_retention` ON `sessions` (`tenant_id`,`mode`,`retention_from`) WHERE retention_from IS NOT NULL;--> statement-breakpoint
CREATE INDEX `tenants_with_retention` ON `tenants` (`tenant_id`) WHERE settings ->> '$.retention_days' IS NOT NULL;