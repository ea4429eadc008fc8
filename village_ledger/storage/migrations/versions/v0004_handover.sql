CREATE TABLE handover (
    id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    ledger_id INTEGER,
    day VARCHAR NOT NULL,
    post VARCHAR NOT NULL,
    giver VARCHAR NOT NULL,
    taker VARCHAR NOT NULL,
    supervisor VARCHAR NOT NULL,
    supervisor_post VARCHAR DEFAULT '' NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_handover PRIMARY KEY (id),
    CONSTRAINT uq_handover_year_number UNIQUE (year, number),
    CONSTRAINT ck_handover_three_people CHECK (giver <> taker AND supervisor NOT IN (giver, taker)),
    CONSTRAINT ck_handover_number CHECK (number > 0 AND substr(day, 1, 4) = printf('%04d', year)),
    CONSTRAINT fk_handover_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE old_matter (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    term VARCHAR NOT NULL,
    side VARCHAR NOT NULL,
    account VARCHAR DEFAULT '' NOT NULL,
    party VARCHAR DEFAULT '' NOT NULL,
    project VARCHAR DEFAULT '' NOT NULL,
    name VARCHAR NOT NULL,
    balance BIGINT NOT NULL,
    age VARCHAR DEFAULT '' NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_old_matter PRIMARY KEY (id),
    CONSTRAINT uq_old_matter_ledger_id_number UNIQUE (ledger_id, number),
    CONSTRAINT uq_old_matter_ledger_id_term_account_party_project_name UNIQUE (ledger_id, term, account, party, project, name),
    CONSTRAINT ck_old_matter_side CHECK (side IN ('claim', 'debt', 'other')),
    CONSTRAINT ck_old_matter_balance CHECK (typeof(balance) = 'integer'),
    CONSTRAINT fk_old_matter_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE handover_item (
    handover_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    ledger VARCHAR DEFAULT '' NOT NULL,
    title VARCHAR NOT NULL,
    detail VARCHAR DEFAULT '' NOT NULL,
    amount INTEGER,
    quantity VARCHAR DEFAULT '' NOT NULL,
    by_hand INTEGER DEFAULT 0 NOT NULL,
    result VARCHAR DEFAULT '' NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_handover_item PRIMARY KEY (handover_id, line),
    CONSTRAINT ck_handover_item_result CHECK (result IN ('', 'ok', 'bad')),
    CONSTRAINT ck_handover_item_amount CHECK (amount IS NULL OR typeof(amount) = 'integer'),
    CONSTRAINT fk_handover_item_handover_id FOREIGN KEY(handover_id) REFERENCES handover (id)
)
 WITHOUT ROWID;
CREATE TABLE handover_signature (
    handover_id INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    "by" VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    digest BLOB NOT NULL,
    CONSTRAINT pk_handover_signature PRIMARY KEY (handover_id, place),
    CONSTRAINT ck_handover_signature_place CHECK (place IN ('giver', 'taker', 'supervisor')),
    CONSTRAINT fk_handover_signature_handover_id FOREIGN KEY(handover_id) REFERENCES handover (id)
)
 WITHOUT ROWID;
CREATE TABLE handover_step (
    handover_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    step VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    words VARCHAR DEFAULT '' NOT NULL,
    document VARCHAR DEFAULT '' NOT NULL,
    digest BLOB,
    "by" VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    CONSTRAINT pk_handover_step PRIMARY KEY (handover_id, seq),
    CONSTRAINT ck_handover_step_step CHECK (step IN ('listed', 'finished', 'withdrawn')),
    CONSTRAINT fk_handover_step_handover_id FOREIGN KEY(handover_id) REFERENCES handover (id)
)
 WITHOUT ROWID;
CREATE TABLE old_matter_entry (
    id INTEGER NOT NULL,
    matter_id INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    owner VARCHAR DEFAULT '' NOT NULL,
    cause VARCHAR DEFAULT '' NOT NULL,
    "plan" VARCHAR DEFAULT '' NOT NULL,
    due VARCHAR DEFAULT '' NOT NULL,
    words VARCHAR DEFAULT '' NOT NULL,
    "by" VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    CONSTRAINT pk_old_matter_entry PRIMARY KEY (id),
    CONSTRAINT ck_old_matter_entry_status CHECK (status IN ('open', 'working', 'dispute', 'settled', 'written_off')),
    CONSTRAINT fk_old_matter_entry_matter_id FOREIGN KEY(matter_id) REFERENCES old_matter (id)
);
CREATE INDEX ix_old_matter_entry_matter ON old_matter_entry (matter_id, id);
