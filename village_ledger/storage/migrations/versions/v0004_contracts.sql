CREATE TABLE contract (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    number VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    party_id INTEGER NOT NULL,
    member INTEGER DEFAULT 0 NOT NULL,
    party_code VARCHAR DEFAULT '' NOT NULL,
    related VARCHAR DEFAULT '' NOT NULL,
    purpose VARCHAR DEFAULT '' NOT NULL,
    price_words VARCHAR DEFAULT '' NOT NULL,
    start_day VARCHAR NOT NULL,
    end_day VARCHAR NOT NULL,
    handover VARCHAR DEFAULT '' NOT NULL,
    months INTEGER NOT NULL,
    pay_day VARCHAR NOT NULL,
    amount BIGINT NOT NULL,
    rate INTEGER NOT NULL,
    rate_years INTEGER NOT NULL,
    steps VARCHAR DEFAULT '' NOT NULL,
    deposit BIGINT NOT NULL,
    penalty_rate INTEGER NOT NULL,
    penalty_grace INTEGER NOT NULL,
    way VARCHAR DEFAULT '' NOT NULL,
    platform_number VARCHAR DEFAULT '' NOT NULL,
    floor BIGINT NOT NULL,
    valuation VARCHAR DEFAULT '' NOT NULL,
    resolution VARCHAR DEFAULT '' NOT NULL,
    vote VARCHAR DEFAULT '' NOT NULL,
    noticed VARCHAR DEFAULT '' NOT NULL,
    filing VARCHAR DEFAULT '' NOT NULL,
    legal_opinion VARCHAR DEFAULT '' NOT NULL,
    signed_on VARCHAR DEFAULT '' NOT NULL,
    signers VARCHAR DEFAULT '' NOT NULL,
    archive VARCHAR DEFAULT '' NOT NULL,
    written INTEGER DEFAULT 0 NOT NULL,
    kept_from VARCHAR DEFAULT '' NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_contract PRIMARY KEY (id),
    CONSTRAINT uq_contract_ledger_id_number UNIQUE (ledger_id, number),
    CONSTRAINT ck_contract_span CHECK (end_day >= start_day),
    CONSTRAINT ck_contract_amount CHECK (typeof(amount) = 'integer' AND amount > 0),
    CONSTRAINT ck_contract_period CHECK (months IN (1, 3, 6, 12) AND pay_day IN ('first', 'last')),
    CONSTRAINT ck_contract_escalation CHECK (rate BETWEEN 0 AND 10000 AND (rate = 0) = (rate_years = 0)),
    CONSTRAINT ck_contract_sums CHECK (deposit >= 0 AND floor >= 0),
    CONSTRAINT ck_contract_penalty CHECK (penalty_rate BETWEEN 0 AND 10000 AND penalty_grace >= 0),
    CONSTRAINT fk_contract_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id),
    CONSTRAINT fk_contract_party_id FOREIGN KEY(party_id) REFERENCES party (id)
);
CREATE TABLE contract_change (
    id INTEGER NOT NULL,
    contract_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    act VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    amount BIGINT NOT NULL,
    end_day VARCHAR DEFAULT '' NOT NULL,
    party_id INTEGER,
    member INTEGER DEFAULT 0 NOT NULL,
    basis VARCHAR DEFAULT '' NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    digest BLOB NOT NULL,
    CONSTRAINT pk_contract_change PRIMARY KEY (id),
    CONSTRAINT uq_contract_change_contract_id_seq UNIQUE (contract_id, seq),
    CONSTRAINT ck_contract_change_status CHECK (status IN ('draft', 'signed', 'performing', 'changed', 'ended', 'terminated', 'dispute', 'lawsuit') AND status <> 'draft'),
    CONSTRAINT ck_contract_change_amount CHECK ((act = 'amount') = (amount > 0)),
    CONSTRAINT ck_contract_change_party CHECK ((act = 'party') = (party_id IS NOT NULL)),
    CONSTRAINT ck_contract_change_end CHECK ((act IN ('term', 'terminate')) = (end_day <> '')),
    CONSTRAINT fk_contract_change_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id),
    CONSTRAINT fk_contract_change_party_id FOREIGN KEY(party_id) REFERENCES party (id)
);
CREATE TABLE contract_item (
    contract_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    kind VARCHAR DEFAULT '' NOT NULL,
    code VARCHAR DEFAULT '' NOT NULL,
    name VARCHAR DEFAULT '' NOT NULL,
    area INTEGER DEFAULT 0 NOT NULL,
    unit VARCHAR DEFAULT '' NOT NULL,
    whole INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_contract_item PRIMARY KEY (contract_id, line),
    CONSTRAINT ck_contract_item_what CHECK (kind IN ('', 'asset', 'parcel') AND (code <> '' OR name <> '')),
    CONSTRAINT ck_contract_item_area CHECK (area >= 0 AND whole >= 0),
    CONSTRAINT fk_contract_item_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE CASCADE
)
 WITHOUT ROWID;
CREATE INDEX ix_contract_item_code ON contract_item (code);
CREATE TABLE contract_now (
    contract_id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    status VARCHAR NOT NULL,
    start_day VARCHAR NOT NULL,
    end_day VARCHAR NOT NULL,
    next_due VARCHAR DEFAULT '' NOT NULL,
    stale INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_contract_now PRIMARY KEY (contract_id),
    CONSTRAINT ck_contract_now_status CHECK (status IN ('draft', 'signed', 'performing', 'changed', 'ended', 'terminated', 'dispute', 'lawsuit')),
    CONSTRAINT fk_contract_now_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE CASCADE
)
 WITHOUT ROWID;
CREATE INDEX ix_contract_now_due ON contract_now (ledger_id, stale, next_due, contract_id);
CREATE INDEX ix_contract_now_end ON contract_now (ledger_id, end_day, contract_id, status);
CREATE INDEX ix_contract_now_stale ON contract_now (stale, contract_id);
CREATE TABLE deposit_link (
    id INTEGER NOT NULL,
    contract_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    voucher_id INTEGER NOT NULL,
    amount BIGINT NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_deposit_link PRIMARY KEY (id),
    CONSTRAINT ck_deposit_link_kind CHECK (kind IN ('taken', 'returned')),
    CONSTRAINT ck_deposit_link_amount CHECK (typeof(amount) = 'integer' AND amount > 0),
    CONSTRAINT fk_deposit_link_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id),
    CONSTRAINT fk_deposit_link_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE
);
CREATE INDEX ix_deposit_link_contract ON deposit_link (contract_id);
CREATE INDEX ix_deposit_link_voucher ON deposit_link (voucher_id);
CREATE TABLE rent_link (
    id INTEGER NOT NULL,
    contract_id INTEGER NOT NULL,
    first_day VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    voucher_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    amount BIGINT NOT NULL,
    by_hand INTEGER DEFAULT 0 NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_rent_link PRIMARY KEY (id),
    CONSTRAINT ck_rent_link_kind CHECK (kind IN ('due', 'paid', 'income', 'advance', 'penalty')),
    CONSTRAINT ck_rent_link_amount CHECK (typeof(amount) = 'integer' AND amount > 0),
    CONSTRAINT fk_rent_link_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id),
    CONSTRAINT fk_rent_link_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE
);
CREATE INDEX ix_rent_link_contract ON rent_link (contract_id, first_day);
CREATE INDEX ix_rent_link_voucher ON rent_link (voucher_id);
