CREATE TABLE share_case (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_share_case PRIMARY KEY (id),
    CONSTRAINT ck_share_case_state CHECK (state IN ('draft', 'checked', 'approved', 'published', 'objected', 'rejected', 'posted')),
    CONSTRAINT ck_share_case_kind CHECK (kind IN ('grant', 'transfer', 'gift', 'inherit', 'redeem', 'pledge', 'release', 'foreclose', 'freeze', 'unfreeze', 'split', 'merge', 'cancel', 'convert', 'reverse'))
);
CREATE TABLE share_case_step (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    "by" VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    CONSTRAINT pk_share_case_step PRIMARY KEY (id),
    CONSTRAINT fk_share_case_step_case_id FOREIGN KEY(case_id) REFERENCES share_case (id)
);
CREATE INDEX ix_share_case_step_case_id ON share_case_step (case_id);
CREATE TABLE share_class (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    decimals INTEGER NOT NULL,
    is_collective INTEGER DEFAULT 0 NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_share_class PRIMARY KEY (id),
    CONSTRAINT uq_share_class_ledger_id_name UNIQUE (ledger_id, name),
    CONSTRAINT ck_share_class_decimals CHECK (decimals BETWEEN 0 AND 6),
    CONSTRAINT fk_share_class_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE share_account (
    id INTEGER NOT NULL,
    class_id INTEGER NOT NULL,
    person_id INTEGER,
    CONSTRAINT pk_share_account PRIMARY KEY (id),
    CONSTRAINT uq_share_account_class_id_person_id UNIQUE (class_id, person_id),
    CONSTRAINT fk_share_account_class_id FOREIGN KEY(class_id) REFERENCES share_class (id),
    CONSTRAINT fk_share_account_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_share_account_person_id ON share_account (person_id);
CREATE UNIQUE INDEX uq_share_account_collective ON share_account (class_id) WHERE person_id IS NULL;
CREATE TABLE share_charter (
    id INTEGER NOT NULL,
    class_id INTEGER,
    "key" VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    effective VARCHAR NOT NULL,
    source VARCHAR DEFAULT '' NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_share_charter PRIMARY KEY (id),
    CONSTRAINT fk_share_charter_class_id FOREIGN KEY(class_id) REFERENCES share_class (id)
);
CREATE INDEX ix_share_charter_key ON share_charter ("key", class_id, effective);
CREATE TABLE share_event (
    number INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    class_id INTEGER,
    day VARCHAR NOT NULL,
    resolution VARCHAR,
    contract VARCHAR DEFAULT '' NOT NULL,
    party VARCHAR DEFAULT '' NOT NULL,
    price BIGINT DEFAULT 0 NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    pledge_id INTEGER,
    reverses INTEGER,
    person_id INTEGER,
    household_id INTEGER,
    case_id INTEGER,
    entered_by VARCHAR NOT NULL,
    reviewed_by VARCHAR DEFAULT '' NOT NULL,
    entered_at VARCHAR NOT NULL,
    previous BLOB NOT NULL,
    digest BLOB NOT NULL,
    CONSTRAINT pk_share_event PRIMARY KEY (number),
    CONSTRAINT ck_share_event_kind CHECK (kind IN ('grant', 'transfer', 'gift', 'inherit', 'redeem', 'pledge', 'release', 'foreclose', 'freeze', 'unfreeze', 'split', 'merge', 'cancel', 'convert', 'reverse')),
    CONSTRAINT ck_share_event_reverses CHECK ((kind = 'reverse') = (reverses IS NOT NULL)),
    CONSTRAINT ck_share_event_pledge CHECK ((kind IN ('release', 'foreclose')) <= (pledge_id IS NOT NULL)),
    CONSTRAINT ck_share_event_household CHECK ((kind IN ('split', 'merge')) = (person_id IS NOT NULL AND household_id IS NOT NULL)),
    CONSTRAINT uq_share_event_reverses UNIQUE (reverses),
    CONSTRAINT fk_share_event_class_id FOREIGN KEY(class_id) REFERENCES share_class (id),
    CONSTRAINT fk_share_event_resolution FOREIGN KEY(resolution) REFERENCES resolution (number),
    CONSTRAINT fk_share_event_pledge_id FOREIGN KEY(pledge_id) REFERENCES share_event (number),
    CONSTRAINT fk_share_event_reverses FOREIGN KEY(reverses) REFERENCES share_event (number),
    CONSTRAINT fk_share_event_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_share_event_household_id FOREIGN KEY(household_id) REFERENCES household (id),
    CONSTRAINT fk_share_event_case_id FOREIGN KEY(case_id) REFERENCES share_case (id)
);
CREATE INDEX ix_share_event_day ON share_event (day, number);
CREATE INDEX ix_share_event_kind ON share_event (kind, class_id);
CREATE INDEX ix_share_event_person_id ON share_event (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX ix_share_event_pledge_id ON share_event (pledge_id);
CREATE TABLE share_line (
    event_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    bucket VARCHAR NOT NULL,
    delta BIGINT NOT NULL,
    day VARCHAR NOT NULL,
    CONSTRAINT pk_share_line PRIMARY KEY (event_id, line),
    CONSTRAINT ck_share_line_bucket CHECK (bucket IN ('free', 'pledged', 'frozen')),
    CONSTRAINT ck_share_line_delta CHECK (typeof(delta) = 'integer' AND delta <> 0),
    CONSTRAINT fk_share_line_event_id FOREIGN KEY(event_id) REFERENCES share_event (number) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_share_line_account_id FOREIGN KEY(account_id) REFERENCES share_account (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_share_line_account_id ON share_line (account_id, day, bucket, delta);
CREATE INDEX ix_share_line_bound ON share_line (account_id, bucket, day, delta) WHERE bucket <> 'free';
CREATE TABLE share_pledge (
    id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    quantity BIGINT NOT NULL,
    creditor VARCHAR NOT NULL,
    contract VARCHAR DEFAULT '' NOT NULL,
    expires VARCHAR DEFAULT '' NOT NULL,
    dividend_to VARCHAR DEFAULT 'holder' NOT NULL,
    CONSTRAINT pk_share_pledge PRIMARY KEY (id),
    CONSTRAINT ck_share_pledge_quantity CHECK (typeof(quantity) = 'integer' AND quantity > 0),
    CONSTRAINT ck_share_pledge_dividend_to CHECK (dividend_to IN ('holder', 'creditor')),
    CONSTRAINT fk_share_pledge_id FOREIGN KEY(id) REFERENCES share_event (number) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_share_pledge_account_id FOREIGN KEY(account_id) REFERENCES share_account (id)
);
CREATE INDEX ix_share_pledge_account_id ON share_pledge (account_id);
