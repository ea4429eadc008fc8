CREATE TABLE old_import (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    program VARCHAR NOT NULL,
    entity VARCHAR DEFAULT '' NOT NULL,
    first_day VARCHAR NOT NULL,
    last_day VARCHAR NOT NULL,
    sources VARCHAR NOT NULL,
    mark VARCHAR NOT NULL,
    vouchers INTEGER NOT NULL,
    figures VARCHAR NOT NULL,
    digest BLOB NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_old_import PRIMARY KEY (id),
    CONSTRAINT uq_old_import_ledger_id_mark UNIQUE (ledger_id, mark),
    CONSTRAINT ck_old_import_program CHECK (program IN ('kingdee', 't3')),
    CONSTRAINT ck_old_import_digest CHECK (length(digest) = 32),
    CONSTRAINT fk_old_import_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE old_mapping (
    ledger_id INTEGER NOT NULL,
    old_code VARCHAR NOT NULL,
    old_name VARCHAR NOT NULL,
    account VARCHAR NOT NULL,
    party VARCHAR DEFAULT '' NOT NULL,
    project VARCHAR DEFAULT '' NOT NULL,
    decided_by VARCHAR NOT NULL,
    decided_at VARCHAR NOT NULL,
    CONSTRAINT pk_old_mapping PRIMARY KEY (ledger_id, old_code),
    CONSTRAINT fk_old_mapping_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code)
)
 WITHOUT ROWID;
