CREATE TABLE budget (
    ledger_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    version INTEGER NOT NULL,
    resolution VARCHAR DEFAULT '' NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_budget PRIMARY KEY (ledger_id, year, version),
    CONSTRAINT fk_budget_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
)
 WITHOUT ROWID;
CREATE TABLE prepaid_basis (
    ledger_id INTEGER NOT NULL,
    basis VARCHAR NOT NULL,
    chosen_by VARCHAR NOT NULL,
    chosen_at VARCHAR NOT NULL,
    CONSTRAINT pk_prepaid_basis PRIMARY KEY (ledger_id),
    CONSTRAINT ck_prepaid_basis_basis CHECK (basis IN ('month', 'year')),
    CONSTRAINT fk_prepaid_basis_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
)
 WITHOUT ROWID;
CREATE TABLE template (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    active INTEGER DEFAULT 0 NOT NULL,
    changed_by VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    CONSTRAINT pk_template PRIMARY KEY (id),
    CONSTRAINT uq_template_ledger_id_name UNIQUE (ledger_id, name),
    CONSTRAINT fk_template_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE budget_line (
    ledger_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    version INTEGER NOT NULL,
    account VARCHAR NOT NULL,
    project_id INTEGER NOT NULL,
    amount BIGINT NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_budget_line PRIMARY KEY (ledger_id, year, version, account, project_id),
    CONSTRAINT fk_budget_line_ledger_id_year_version FOREIGN KEY(ledger_id, year, version) REFERENCES budget (ledger_id, year, version),
    CONSTRAINT fk_budget_line_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code),
    CONSTRAINT ck_budget_line_amount CHECK (amount >= 0 AND typeof(amount) = 'integer')
)
 WITHOUT ROWID;
CREATE TABLE grant_document (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    project_id INTEGER NOT NULL,
    account VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    purpose VARCHAR DEFAULT '' NOT NULL,
    granted_on VARCHAR DEFAULT '' NOT NULL,
    amount BIGINT NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_grant_document PRIMARY KEY (id),
    CONSTRAINT fk_grant_document_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code),
    CONSTRAINT uq_grant_document_ledger_id_project_id_number UNIQUE (ledger_id, project_id, number),
    CONSTRAINT ck_grant_document_amount CHECK (amount > 0 AND typeof(amount) = 'integer'),
    CONSTRAINT fk_grant_document_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id),
    CONSTRAINT fk_grant_document_project_id FOREIGN KEY(project_id) REFERENCES party (id)
);
CREATE TABLE recurrence (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    template_id INTEGER NOT NULL,
    months INTEGER NOT NULL,
    day INTEGER NOT NULL,
    start_month VARCHAR NOT NULL,
    end_month VARCHAR DEFAULT '' NOT NULL,
    given VARCHAR DEFAULT '' NOT NULL,
    active INTEGER DEFAULT 0 NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_recurrence PRIMARY KEY (id),
    CONSTRAINT ck_recurrence_months CHECK (months IN (1, 3, 6, 12)),
    CONSTRAINT ck_recurrence_day CHECK (day BETWEEN 1 AND 31),
    CONSTRAINT ck_recurrence_end CHECK (end_month = '' OR end_month >= start_month),
    CONSTRAINT fk_recurrence_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id),
    CONSTRAINT fk_recurrence_template_id FOREIGN KEY(template_id) REFERENCES template (id)
);
CREATE TABLE prepaid (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    voucher_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    account VARCHAR NOT NULL,
    revenue VARCHAR NOT NULL,
    counterparty_id INTEGER NOT NULL,
    project_id INTEGER,
    what VARCHAR NOT NULL,
    total BIGINT NOT NULL,
    first_day VARCHAR NOT NULL,
    last_day VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_prepaid PRIMARY KEY (id),
    CONSTRAINT fk_prepaid_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code),
    CONSTRAINT fk_prepaid_ledger_id_revenue FOREIGN KEY(ledger_id, revenue) REFERENCES account (ledger_id, code),
    CONSTRAINT ck_prepaid_total CHECK (total > 0 AND typeof(total) = 'integer'),
    CONSTRAINT ck_prepaid_span CHECK (last_day >= first_day),
    CONSTRAINT uq_prepaid_voucher_id_line UNIQUE (voucher_id, line),
    CONSTRAINT fk_prepaid_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id),
    CONSTRAINT fk_prepaid_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE,
    CONSTRAINT fk_prepaid_counterparty_id FOREIGN KEY(counterparty_id) REFERENCES party (id),
    CONSTRAINT fk_prepaid_project_id FOREIGN KEY(project_id) REFERENCES party (id)
);
CREATE TABLE recurrence_run (
    recurrence_id INTEGER NOT NULL,
    due VARCHAR NOT NULL,
    voucher_id INTEGER,
    draft_id INTEGER,
    reason VARCHAR DEFAULT '' NOT NULL,
    done_by VARCHAR NOT NULL,
    done_at VARCHAR NOT NULL,
    CONSTRAINT pk_recurrence_run PRIMARY KEY (recurrence_id, due),
    CONSTRAINT ck_recurrence_run_one_outcome CHECK ((voucher_id IS NOT NULL) + (draft_id IS NOT NULL) + (reason <> '') = 1),
    CONSTRAINT fk_recurrence_run_recurrence_id FOREIGN KEY(recurrence_id) REFERENCES recurrence (id),
    CONSTRAINT fk_recurrence_run_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE,
    CONSTRAINT fk_recurrence_run_draft_id FOREIGN KEY(draft_id) REFERENCES draft (id) ON DELETE CASCADE
)
 WITHOUT ROWID;
CREATE TABLE prepaid_part (
    prepaid_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    first_day VARCHAR NOT NULL,
    last_day VARCHAR NOT NULL,
    due_month VARCHAR NOT NULL,
    amount BIGINT NOT NULL,
    voucher_id INTEGER,
    CONSTRAINT pk_prepaid_part PRIMARY KEY (prepaid_id, number),
    CONSTRAINT ck_prepaid_part_amount CHECK (amount > 0 AND typeof(amount) = 'integer'),
    CONSTRAINT fk_prepaid_part_prepaid_id FOREIGN KEY(prepaid_id) REFERENCES prepaid (id) ON DELETE CASCADE,
    CONSTRAINT fk_prepaid_part_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE SET NULL
)
 WITHOUT ROWID;
CREATE INDEX ix_voucher_line_project ON voucher_line (project_id, ledger_id) WHERE project_id IS NOT NULL;
