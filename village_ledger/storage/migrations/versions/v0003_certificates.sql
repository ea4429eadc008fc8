CREATE TABLE share_certificate (
    id INTEGER NOT NULL,
    number VARCHAR NOT NULL,
    ledger_id INTEGER NOT NULL,
    household_id INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_share_certificate PRIMARY KEY (id),
    CONSTRAINT uq_share_certificate_number UNIQUE (number),
    CONSTRAINT fk_share_certificate_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id),
    CONSTRAINT fk_share_certificate_household_id FOREIGN KEY(household_id) REFERENCES household (id)
);
CREATE INDEX ix_share_certificate_household_id ON share_certificate (household_id);
CREATE TABLE share_certificate_end (
    certificate_id INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_share_certificate_end PRIMARY KEY (certificate_id),
    CONSTRAINT ck_share_certificate_end_why CHECK (why IN ('replaced', 'lost', 'void', 'returned')),
    CONSTRAINT fk_share_certificate_end_certificate_id FOREIGN KEY(certificate_id) REFERENCES share_certificate (id)
);
