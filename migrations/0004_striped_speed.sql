CREATE TABLE `cleared_hits` (
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`person_key` text NOT NULL,
	`list` text NOT NULL,
	`reference` text NOT NULL,
	`session_id` text NOT NULL,
	`entry_hash` text NOT NULL,
	`had_identifier` integer NOT NULL,
	`verdict` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `mode`, `person_key`, `list`, `reference`, `session_id`)
);
--> statement-breakpoint
CREATE INDEX `cleared_hits_by_session` ON `cleared_hits` (`session_id`);