CREATE TABLE book (
	id INTEGER NOT NULL,
	uid VARCHAR NOT NULL,
	village VARCHAR NOT NULL,
	is_demo INTEGER DEFAULT 0 NOT NULL,
	created_at VARCHAR NOT NULL,
	program_version VARCHAR NOT NULL,
	CONSTRAINT pk_book PRIMARY KEY (id),
	CONSTRAINT ck_book_single CHECK (id = 1),
	CONSTRAINT uq_book_uid UNIQUE (uid)
);
CREATE TABLE ledger (
	id INTEGER NOT NULL,
	code VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	entity VARCHAR NOT NULL,
	registration_code VARCHAR DEFAULT '' NOT NULL,
	chart_id VARCHAR NOT NULL,
	code_widths VARCHAR NOT NULL,
	start_month VARCHAR NOT NULL,
	digest_algorithm VARCHAR DEFAULT 'sha256' NOT NULL,
	one_person_post INTEGER DEFAULT 0 NOT NULL,
	CONSTRAINT pk_ledger PRIMARY KEY (id),
	CONSTRAINT ck_ledger_kind CHECK (kind IN ('collective', 'committee')),
	CONSTRAINT uq_ledger_code UNIQUE (code)
);
CREATE TABLE party (
	id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	CONSTRAINT pk_party PRIMARY KEY (id),
	CONSTRAINT uq_party_kind_name UNIQUE (kind, name),
	CONSTRAINT ck_party_kind CHECK (kind IN ('counterparty', 'project', 'group'))
);
CREATE TABLE print_count (
	subject VARCHAR NOT NULL,
	times INTEGER NOT NULL,
	CONSTRAINT pk_print_count PRIMARY KEY (subject)
)
 WITHOUT ROWID;
CREATE TABLE draft (
	id INTEGER NOT NULL,
	saved_at VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	body VARCHAR NOT NULL,
	CONSTRAINT pk_draft PRIMARY KEY (id)
);
CREATE TABLE setting (
	"key" VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	CONSTRAINT pk_setting PRIMARY KEY ("key")
)
 WITHOUT ROWID;
CREATE TABLE operation (
	seq INTEGER NOT NULL,
	at VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	action VARCHAR NOT NULL,
	ledger VARCHAR DEFAULT '' NOT NULL,
	subject VARCHAR DEFAULT '' NOT NULL,
	detail VARCHAR DEFAULT '' NOT NULL,
	previous BLOB NOT NULL,
	digest BLOB NOT NULL,
	CONSTRAINT pk_operation PRIMARY KEY (seq)
);
CREATE TABLE account (
	ledger_id INTEGER NOT NULL,
	code VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	side VARCHAR NOT NULL,
	category VARCHAR NOT NULL,
	level INTEGER NOT NULL,
	parent VARCHAR,
	is_leaf INTEGER NOT NULL,
	active INTEGER NOT NULL,
	protected INTEGER NOT NULL,
	two_way INTEGER NOT NULL,
	money VARCHAR DEFAULT '' NOT NULL,
	demands VARCHAR DEFAULT '' NOT NULL,
	CONSTRAINT pk_account PRIMARY KEY (ledger_id, code),
	CONSTRAINT ck_account_side CHECK (side IN ('借', '贷')),
	CONSTRAINT fk_account_ledger_id_parent FOREIGN KEY(ledger_id, parent) REFERENCES account (ledger_id, code),
	CONSTRAINT fk_account_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
)
 WITHOUT ROWID;
CREATE TABLE period (
	ledger_id INTEGER NOT NULL,
	month VARCHAR NOT NULL,
	state VARCHAR DEFAULT 'open' NOT NULL,
	head BLOB,
	reopened INTEGER DEFAULT 0 NOT NULL,
	CONSTRAINT pk_period PRIMARY KEY (ledger_id, month),
	CONSTRAINT ck_period_state CHECK (state IN ('open', 'checking', 'closed', 'sealed')),
	CONSTRAINT fk_period_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
)
 WITHOUT ROWID;
CREATE TABLE opening_document (
	ledger_id INTEGER NOT NULL,
	entered_by VARCHAR NOT NULL,
	entered_at VARCHAR NOT NULL,
	rows INTEGER NOT NULL,
	digest BLOB NOT NULL,
	CONSTRAINT pk_opening_document PRIMARY KEY (ledger_id),
	CONSTRAINT fk_opening_document_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE sheet (
	code VARCHAR NOT NULL,
	ledger_id INTEGER NOT NULL,
	report VARCHAR NOT NULL,
	first_day VARCHAR NOT NULL,
	last_day VARCHAR NOT NULL,
	made_at VARCHAR NOT NULL,
	made_by VARCHAR NOT NULL,
	figures VARCHAR NOT NULL,
	digest BLOB NOT NULL,
	CONSTRAINT pk_sheet PRIMARY KEY (code),
	CONSTRAINT fk_sheet_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
)
 WITHOUT ROWID;
CREATE TABLE voucher (
	id INTEGER NOT NULL,
	ledger_id INTEGER NOT NULL,
	month VARCHAR NOT NULL,
	word VARCHAR NOT NULL,
	number INTEGER NOT NULL,
	day VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	attachments INTEGER NOT NULL,
	no_attachment_reason VARCHAR DEFAULT '' NOT NULL,
	handler VARCHAR DEFAULT '' NOT NULL,
	witness VARCHAR DEFAULT '' NOT NULL,
	approver VARCHAR DEFAULT '' NOT NULL,
	state VARCHAR NOT NULL,
	prepared_by VARCHAR NOT NULL,
	prepared_at VARCHAR NOT NULL,
	reviewed_by VARCHAR DEFAULT '' NOT NULL,
	reviewed_at VARCHAR DEFAULT '' NOT NULL,
	return_reason VARCHAR DEFAULT '' NOT NULL,
	salt BLOB NOT NULL,
	CONSTRAINT pk_voucher PRIMARY KEY (id),
	CONSTRAINT uq_voucher_ledger_id_month_word_number UNIQUE (ledger_id, month, word, number),
	CONSTRAINT fk_voucher_ledger_id_month FOREIGN KEY(ledger_id, month) REFERENCES period (ledger_id, month),
	CONSTRAINT ck_voucher_number CHECK (number > 0),
	CONSTRAINT ck_voucher_day_in_month CHECK (substr(day, 1, 7) = month OR (substr(month, 5) = '-13' AND day = substr(month, 1, 4) || '-12-31')),
	CONSTRAINT ck_voucher_state CHECK (state IN ('entered', 'reviewed', 'void')),
	CONSTRAINT ck_voucher_two_people CHECK (state <> 'reviewed' OR (reviewed_by <> '' AND reviewed_by <> prepared_by)),
	CONSTRAINT ck_voucher_salt CHECK (length(salt) = 16),
	CONSTRAINT fk_voucher_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE month_total (
	ledger_id INTEGER NOT NULL,
	account VARCHAR NOT NULL,
	month VARCHAR NOT NULL,
	debit BIGINT NOT NULL,
	credit BIGINT NOT NULL,
	lines INTEGER NOT NULL,
	CONSTRAINT pk_month_total PRIMARY KEY (ledger_id, account, month),
	CONSTRAINT fk_month_total_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code)
)
 WITHOUT ROWID;
CREATE TABLE day_total (
	ledger_id INTEGER NOT NULL,
	account VARCHAR NOT NULL,
	day VARCHAR NOT NULL,
	debit BIGINT NOT NULL,
	credit BIGINT NOT NULL,
	lines INTEGER NOT NULL,
	CONSTRAINT pk_day_total PRIMARY KEY (ledger_id, account, day),
	CONSTRAINT fk_day_total_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code)
)
 WITHOUT ROWID;
CREATE TABLE party_total (
	ledger_id INTEGER NOT NULL,
	account VARCHAR NOT NULL,
	counterparty_id INTEGER NOT NULL,
	month VARCHAR NOT NULL,
	debit BIGINT NOT NULL,
	credit BIGINT NOT NULL,
	CONSTRAINT pk_party_total PRIMARY KEY (ledger_id, account, counterparty_id, month),
	CONSTRAINT fk_party_total_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code),
	CONSTRAINT fk_party_total_counterparty_id FOREIGN KEY(counterparty_id) REFERENCES party (id)
)
 WITHOUT ROWID;
CREATE TABLE opening (
	id INTEGER NOT NULL,
	ledger_id INTEGER NOT NULL,
	account VARCHAR NOT NULL,
	counterparty_id INTEGER,
	project_id INTEGER,
	debit BIGINT NOT NULL,
	credit BIGINT NOT NULL,
	year_debit BIGINT NOT NULL,
	year_credit BIGINT NOT NULL,
	CONSTRAINT pk_opening PRIMARY KEY (id),
	CONSTRAINT fk_opening_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code),
	CONSTRAINT uq_opening_ledger_id_account_counterparty_id_project_id UNIQUE (ledger_id, account, counterparty_id, project_id),
	CONSTRAINT fk_opening_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id),
	CONSTRAINT fk_opening_counterparty_id FOREIGN KEY(counterparty_id) REFERENCES party (id),
	CONSTRAINT fk_opening_project_id FOREIGN KEY(project_id) REFERENCES party (id)
);
CREATE TABLE alias (
	ledger_id INTEGER NOT NULL,
	alias VARCHAR NOT NULL,
	account VARCHAR NOT NULL,
	CONSTRAINT pk_alias PRIMARY KEY (ledger_id, alias),
	CONSTRAINT fk_alias_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code)
)
 WITHOUT ROWID;
CREATE TABLE voucher_line (
	voucher_id INTEGER NOT NULL,
	line INTEGER NOT NULL,
	ledger_id INTEGER NOT NULL,
	day VARCHAR NOT NULL,
	account VARCHAR NOT NULL,
	debit BIGINT NOT NULL,
	credit BIGINT NOT NULL,
	summary VARCHAR NOT NULL,
	counterparty_id INTEGER,
	project_id INTEGER,
	group_id INTEGER,
	CONSTRAINT pk_voucher_line PRIMARY KEY (voucher_id, line),
	CONSTRAINT fk_voucher_line_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code),
	CONSTRAINT ck_voucher_line_one_side CHECK ((debit = 0) <> (credit = 0)),
	CONSTRAINT ck_voucher_line_whole_fen CHECK (typeof(debit) = 'integer' AND typeof(credit) = 'integer'),
	CONSTRAINT fk_voucher_line_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE,
	CONSTRAINT fk_voucher_line_counterparty_id FOREIGN KEY(counterparty_id) REFERENCES party (id),
	CONSTRAINT fk_voucher_line_project_id FOREIGN KEY(project_id) REFERENCES party (id),
	CONSTRAINT fk_voucher_line_group_id FOREIGN KEY(group_id) REFERENCES party (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_voucher_line_account ON voucher_line (ledger_id, account, day, voucher_id, line, debit, credit);
CREATE TABLE posting (
	voucher_id INTEGER NOT NULL,
	ledger_id INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	posted_by VARCHAR NOT NULL,
	posted_at VARCHAR NOT NULL,
	basis VARCHAR NOT NULL,
	previous BLOB NOT NULL,
	digest BLOB NOT NULL,
	CONSTRAINT pk_posting PRIMARY KEY (voucher_id),
	CONSTRAINT uq_posting_ledger_id_seq UNIQUE (ledger_id, seq),
	CONSTRAINT ck_posting_basis CHECK (basis IN ('reviewed', 'second-review-pending', 'migration', 'automatic')),
	CONSTRAINT fk_posting_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id),
	CONSTRAINT fk_posting_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE unposted (
	voucher_id INTEGER NOT NULL,
	ledger_id INTEGER NOT NULL,
	day VARCHAR NOT NULL,
	CONSTRAINT pk_unposted PRIMARY KEY (voucher_id),
	CONSTRAINT fk_unposted_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE
);
CREATE INDEX ix_unposted_day ON unposted (ledger_id, day);
CREATE TABLE voucher_link (
	from_id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	to_id INTEGER NOT NULL,
	CONSTRAINT pk_voucher_link PRIMARY KEY (from_id, kind),
	CONSTRAINT uq_voucher_link_kind_to_id UNIQUE (kind, to_id),
	CONSTRAINT ck_voucher_link_kind CHECK (kind IN ('reverses', 'corrects')),
	CONSTRAINT fk_voucher_link_from_id FOREIGN KEY(from_id) REFERENCES voucher (id) ON DELETE CASCADE,
	CONSTRAINT fk_voucher_link_to_id FOREIGN KEY(to_id) REFERENCES voucher (id)
)
 WITHOUT ROWID;
