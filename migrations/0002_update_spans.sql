ALTER TABLE `sessions` ADD `updated_20` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `updated_23` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `updated_26` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `updated_29` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `updated_32` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `sessions` SET `updated_20` = `updated_at` >> 20, `updated_23` = `updated_at` >> 23, `updated_26` = `updated_at` >> 26, `updated_29` = `updated_at` >> 29, `updated_32` = `updated_at` >> 32;--> statement-breakpoint
CREATE INDEX `sessions_by_updated_20` ON `sessions` (`tenant_id`,`mode`,`updated_20`,`created_key`);--> statement-breakpoint
CREATE INDEX `sessions_by_updated_23` ON `sessions` (`tenant_id`,`mode`,`updated_23`,`created_key`);--> statement-breakpoint
CREATE INDEX `sessions_by_updated_26` ON `sessions` (`tenant_id`,`mode`,`updated_26`,`created_key`);--> statement-breakpoint
CREATE INDEX `sessions_by_updated_29` ON `sessions` (`tenant_id`,`mode`,`updated_29`,`created_key`);--> statement-breakpoint
CREATE INDEX `sessions_by_updated_32` ON `sessions` (`tenant_id`,`mode`,`updated_32`,`created_key`);