CREATE TABLE calendar_excuse (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    occasion VARCHAR NOT NULL,
    first_day VARCHAR NOT NULL,
    last_day VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_calendar_excuse PRIMARY KEY (id),
    CONSTRAINT uq_calendar_excuse_ledger_id_occasion_first_day_last_day UNIQUE (ledger_id, occasion, first_day, last_day),
    CONSTRAINT ck_calendar_excuse_reason CHECK (trim(reason) <> ''),
    CONSTRAINT ck_calendar_excuse_days CHECK (first_day <= last_day),
    CONSTRAINT fk_calendar_excuse_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE calendar_matter (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    first_day VARCHAR NOT NULL,
    last_day VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_calendar_matter PRIMARY KEY (id),
    CONSTRAINT uq_calendar_matter_ledger_id_number UNIQUE (ledger_id, number),
    CONSTRAINT ck_calendar_matter_words CHECK (trim(words) <> ''),
    CONSTRAINT ck_calendar_matter_days CHECK (first_day <= last_day),
    CONSTRAINT fk_calendar_matter_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE calendar_rules (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    set_id VARCHAR NOT NULL,
    rhythm VARCHAR DEFAULT '' NOT NULL,
    valid_from VARCHAR NOT NULL,
    body VARCHAR DEFAULT '' NOT NULL,
    reason VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_calendar_rules PRIMARY KEY (id),
    CONSTRAINT uq_calendar_rules_ledger_id_version UNIQUE (ledger_id, version),
    CONSTRAINT ck_calendar_rules_reason CHECK (trim(reason) <> ''),
    CONSTRAINT fk_calendar_rules_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
