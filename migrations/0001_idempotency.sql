CREATE TABLE `idempotency_keys` (
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`key_hash` text NOT NULL,
	`fingerprint` text NOT NULL,
	`call_id` text NOT NULL,
	`subject_id` text,
	`subject_version` integer,
	`sealed` text,
	`error` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `mode`, `key_hash`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_by_subject` ON `idempotency_keys` (`subject_id`) WHERE subject_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `idempotency_keys_by_age` ON `idempotency_keys` (`at`);