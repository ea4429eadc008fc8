CREATE TABLE merged_into (
    id INTEGER NOT NULL,
    village VARCHAR NOT NULL,
    uid VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    option VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    seal BLOB NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_merged_into PRIMARY KEY (id),
    CONSTRAINT ck_merged_into_single CHECK (id = 1)
);
CREATE TABLE merger (
    id INTEGER NOT NULL,
    option VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    shares VARCHAR NOT NULL,
    approved_on VARCHAR DEFAULT '' NOT NULL,
    resolutions VARCHAR DEFAULT '' NOT NULL,
    reason VARCHAR DEFAULT '' NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    digest BLOB NOT NULL,
    CONSTRAINT pk_merger PRIMARY KEY (id),
    CONSTRAINT ck_merger_single CHECK (id = 1),
    CONSTRAINT ck_merger_option CHECK (option IN ('A', 'B', 'C')),
    CONSTRAINT ck_merger_shares CHECK (shares IN ('none', 'value', 'head', 'side-by-side'))
);
CREATE TABLE merger_source (
    number INTEGER NOT NULL,
    village VARCHAR NOT NULL,
    uid VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    collective VARCHAR NOT NULL,
    committee VARCHAR DEFAULT '' NOT NULL,
    heads VARCHAR NOT NULL,
    digest BLOB NOT NULL,
    CONSTRAINT pk_merger_source PRIMARY KEY (number),
    CONSTRAINT uq_merger_source_uid UNIQUE (uid)
);
CREATE TABLE merger_code (
    id INTEGER NOT NULL,
    source INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    ledger VARCHAR DEFAULT '' NOT NULL,
    old VARCHAR NOT NULL,
    new VARCHAR NOT NULL,
    name VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_merger_code PRIMARY KEY (id),
    CONSTRAINT uq_merger_code_source_kind_ledger_old UNIQUE (source, kind, ledger, old),
    CONSTRAINT fk_merger_code_source FOREIGN KEY(source) REFERENCES merger_source (number)
);
CREATE INDEX ix_merger_code_new ON merger_code (kind, new);
CREATE TABLE merger_creditor (
    id INTEGER NOT NULL,
    source INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    account VARCHAR NOT NULL,
    party VARCHAR NOT NULL,
    amount BIGINT NOT NULL,
    due_on VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_merger_creditor PRIMARY KEY (id),
    CONSTRAINT ck_merger_creditor_amount CHECK (typeof(amount) = 'integer' AND amount > 0),
    CONSTRAINT fk_merger_creditor_source FOREIGN KEY(source) REFERENCES merger_source (number),
    CONSTRAINT fk_merger_creditor_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE merger_matter (
    id INTEGER NOT NULL,
    source INTEGER,
    kind VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    CONSTRAINT pk_merger_matter PRIMARY KEY (id),
    CONSTRAINT fk_merger_matter_source FOREIGN KEY(source) REFERENCES merger_source (number)
);
CREATE TABLE merger_origin (
    id INTEGER NOT NULL,
    source INTEGER NOT NULL,
    old_ledger VARCHAR NOT NULL,
    old_account VARCHAR NOT NULL,
    old_name VARCHAR NOT NULL,
    old_party VARCHAR DEFAULT '' NOT NULL,
    old_project VARCHAR DEFAULT '' NOT NULL,
    ledger_id INTEGER NOT NULL,
    account VARCHAR NOT NULL,
    party VARCHAR DEFAULT '' NOT NULL,
    project VARCHAR DEFAULT '' NOT NULL,
    balance BIGINT NOT NULL,
    year_debit BIGINT NOT NULL,
    year_credit BIGINT NOT NULL,
    quantity INTEGER NOT NULL,
    eliminated INTEGER DEFAULT 0 NOT NULL,
    pair INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_merger_origin PRIMARY KEY (id),
    CONSTRAINT ck_merger_origin_whole_fen CHECK (typeof(balance) = 'integer' AND typeof(year_debit) = 'integer' AND typeof(year_credit) = 'integer'),
    CONSTRAINT ck_merger_origin_pair CHECK (eliminated IN (0, 1) AND (eliminated = 0 OR (pair > 0 AND balance <> 0))),
    CONSTRAINT fk_merger_origin_source FOREIGN KEY(source) REFERENCES merger_source (number),
    CONSTRAINT fk_merger_origin_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE INDEX ix_merger_origin_place ON merger_origin (ledger_id, account);
CREATE TABLE merger_share (
    id INTEGER NOT NULL,
    source INTEGER NOT NULL,
    old_holder VARCHAR NOT NULL,
    old_class VARCHAR DEFAULT '' NOT NULL,
    old_shares VARCHAR NOT NULL,
    person_id INTEGER,
    new_class VARCHAR DEFAULT '' NOT NULL,
    new_shares VARCHAR NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_merger_share PRIMARY KEY (id),
    CONSTRAINT fk_merger_share_source FOREIGN KEY(source) REFERENCES merger_source (number),
    CONSTRAINT fk_merger_share_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_merger_share_person_id ON merger_share (person_id);
CREATE TABLE merger_follow (
    id INTEGER NOT NULL,
    creditor_id INTEGER,
    matter_id INTEGER,
    act VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_merger_follow PRIMARY KEY (id),
    CONSTRAINT ck_merger_follow_one_of_both CHECK ((creditor_id IS NULL) <> (matter_id IS NULL)),
    CONSTRAINT ck_merger_follow_act CHECK (act IN ('told', 'answered', 'secured', 'noted', 'settled')),
    CONSTRAINT fk_merger_follow_creditor_id FOREIGN KEY(creditor_id) REFERENCES merger_creditor (id),
    CONSTRAINT fk_merger_follow_matter_id FOREIGN KEY(matter_id) REFERENCES merger_matter (id)
);
CREATE INDEX ix_merger_follow_creditor_id ON merger_follow (creditor_id);
CREATE INDEX ix_merger_follow_matter_id ON merger_follow (matter_id);
