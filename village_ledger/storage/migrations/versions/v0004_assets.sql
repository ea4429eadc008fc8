CREATE TABLE asset (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    CONSTRAINT pk_asset PRIMARY KEY (id),
    CONSTRAINT uq_asset_ledger_id_code UNIQUE (ledger_id, code),
    CONSTRAINT ck_asset_code CHECK (code <> ''),
    CONSTRAINT fk_asset_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE depreciation_run (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    month VARCHAR NOT NULL,
    whole INTEGER NOT NULL,
    total BIGINT NOT NULL,
    digest BLOB NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_depreciation_run PRIMARY KEY (id),
    CONSTRAINT fk_depreciation_run_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE INDEX ix_depreciation_run_month ON depreciation_run (ledger_id, month);
CREATE TABLE asset_card (
    asset_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    cost BIGINT NOT NULL,
    salvage BIGINT NOT NULL,
    in_use VARCHAR NOT NULL,
    acquired VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    months INTEGER NOT NULL,
    units INTEGER NOT NULL,
    opening BIGINT NOT NULL,
    as_of VARCHAR DEFAULT '' NOT NULL,
    units_before INTEGER NOT NULL,
    since VARCHAR NOT NULL,
    months_left INTEGER NOT NULL,
    source VARCHAR DEFAULT '' NOT NULL,
    spec VARCHAR DEFAULT '' NOT NULL,
    quantity VARCHAR DEFAULT '' NOT NULL,
    certificate VARCHAR DEFAULT '' NOT NULL,
    project VARCHAR DEFAULT '' NOT NULL,
    quantified INTEGER DEFAULT 0 NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    withdrawn INTEGER DEFAULT 0 NOT NULL,
    digest BLOB NOT NULL,
    written_by VARCHAR NOT NULL,
    written_at VARCHAR NOT NULL,
    CONSTRAINT pk_asset_card PRIMARY KEY (asset_id, version),
    CONSTRAINT ck_asset_card_kind CHECK (kind IN ('fixed', 'consumable', 'productive', 'public-life', 'intangible', 'investment', 'works', 'deferred')),
    CONSTRAINT ck_asset_card_method CHECK (method IN ('straight', 'hours', 'output', 'none')),
    CONSTRAINT ck_asset_card_whole_fen CHECK (typeof(cost) = 'integer' AND typeof(salvage) = 'integer' AND typeof(opening) = 'integer'),
    CONSTRAINT ck_asset_card_cost CHECK (cost > 0 AND salvage >= 0 AND salvage <= cost),
    CONSTRAINT ck_asset_card_opening CHECK (opening >= 0 AND opening <= cost - salvage),
    CONSTRAINT ck_asset_card_months CHECK (months >= 0 AND (method = 'straight') = (months > 0)),
    CONSTRAINT ck_asset_card_units CHECK (units >= 0 AND (method IN ('hours', 'output')) = (units > 0) AND units_before >= 0),
    CONSTRAINT ck_asset_card_months_left CHECK (months_left >= 0 AND (method = 'straight') = (months_left > 0)),
    CONSTRAINT fk_asset_card_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_asset_card_batch ON asset_card (batch);
CREATE TABLE asset_event (
    id INTEGER NOT NULL,
    asset_id INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    cost BIGINT NOT NULL,
    salvage BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    months INTEGER NOT NULL,
    units INTEGER NOT NULL,
    proceeds BIGINT NOT NULL,
    way VARCHAR DEFAULT '' NOT NULL,
    party VARCHAR DEFAULT '' NOT NULL,
    basis VARCHAR DEFAULT '' NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    other_id INTEGER,
    written_by VARCHAR NOT NULL,
    written_at VARCHAR NOT NULL,
    CONSTRAINT pk_asset_event PRIMARY KEY (id),
    CONSTRAINT ck_asset_event_kind CHECK (kind IN ('acquire', 'improve', 'impair', 'revise', 'dispose', 'hand-over', 'complete', 'turn')),
    CONSTRAINT ck_asset_event_whole_fen CHECK (typeof(cost) = 'integer' AND typeof(salvage) = 'integer' AND typeof(taken) = 'integer' AND typeof(proceeds) = 'integer'),
    CONSTRAINT ck_asset_event_cost CHECK ((kind = 'improve' AND cost > 0) OR (kind = 'impair' AND cost < 0) OR kind NOT IN ('improve', 'impair')),
    CONSTRAINT ck_asset_event_not_negative CHECK (months >= 0 AND units >= 0 AND proceeds >= 0 AND taken >= 0),
    CONSTRAINT fk_asset_event_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id),
    CONSTRAINT fk_asset_event_other_id FOREIGN KEY(other_id) REFERENCES asset (id)
);
CREATE INDEX ix_asset_event_asset ON asset_event (asset_id, day, id);
CREATE TABLE asset_fact (
    id INTEGER NOT NULL,
    asset_id INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    use VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    place VARCHAR DEFAULT '' NOT NULL,
    keeper VARCHAR DEFAULT '' NOT NULL,
    user VARCHAR DEFAULT '' NOT NULL,
    charge VARCHAR DEFAULT '' NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    batch INTEGER DEFAULT 0 NOT NULL,
    written_by VARCHAR NOT NULL,
    written_at VARCHAR NOT NULL,
    CONSTRAINT pk_asset_fact PRIMARY KEY (id),
    CONSTRAINT ck_asset_fact_use CHECK (use IN ('operating', 'office', 'welfare')),
    CONSTRAINT ck_asset_fact_status CHECK (status IN ('own', 'let', 'idle', 'scrapped', 'pending')),
    CONSTRAINT fk_asset_fact_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id)
);
CREATE INDEX ix_asset_fact_asset ON asset_fact (asset_id, day, id);
CREATE TABLE asset_usage (
    asset_id INTEGER NOT NULL,
    month VARCHAR NOT NULL,
    units INTEGER NOT NULL,
    written_by VARCHAR NOT NULL,
    written_at VARCHAR NOT NULL,
    CONSTRAINT pk_asset_usage PRIMARY KEY (asset_id, month),
    CONSTRAINT ck_asset_usage_units CHECK (typeof(units) = 'integer' AND units >= 0),
    CONSTRAINT fk_asset_usage_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id)
)
 WITHOUT ROWID;
CREATE TABLE depreciation_line (
    asset_id INTEGER NOT NULL,
    month VARCHAR NOT NULL,
    run_id INTEGER NOT NULL,
    amount BIGINT NOT NULL,
    expense VARCHAR NOT NULL,
    against VARCHAR NOT NULL,
    CONSTRAINT pk_depreciation_line PRIMARY KEY (asset_id, month, run_id),
    CONSTRAINT ck_depreciation_line_amount CHECK (typeof(amount) = 'integer' AND amount > 0),
    CONSTRAINT fk_depreciation_line_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id),
    CONSTRAINT fk_depreciation_line_run_id FOREIGN KEY(run_id) REFERENCES depreciation_run (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_depreciation_line_run ON depreciation_line (run_id);
CREATE TABLE asset_event_voucher (
    event_id INTEGER NOT NULL,
    voucher_id INTEGER NOT NULL,
    CONSTRAINT pk_asset_event_voucher PRIMARY KEY (event_id, voucher_id),
    CONSTRAINT fk_asset_event_voucher_event_id FOREIGN KEY(event_id) REFERENCES asset_event (id),
    CONSTRAINT fk_asset_event_voucher_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE
)
 WITHOUT ROWID;
CREATE INDEX ix_asset_event_voucher_voucher ON asset_event_voucher (voucher_id);
CREATE TABLE depreciation_voucher (
    run_id INTEGER NOT NULL,
    voucher_id INTEGER NOT NULL,
    CONSTRAINT pk_depreciation_voucher PRIMARY KEY (run_id, voucher_id),
    CONSTRAINT fk_depreciation_voucher_run_id FOREIGN KEY(run_id) REFERENCES depreciation_run (id),
    CONSTRAINT fk_depreciation_voucher_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE
)
 WITHOUT ROWID;
CREATE INDEX ix_depreciation_voucher_voucher ON depreciation_voucher (voucher_id);
