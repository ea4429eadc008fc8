CREATE TABLE parcel_chain (
    seq INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    row_id INTEGER NOT NULL,
    digest BLOB NOT NULL,
    CONSTRAINT pk_parcel_chain PRIMARY KEY (seq)
);
CREATE TABLE parcel_event (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_parcel_event PRIMARY KEY (id),
    CONSTRAINT ck_parcel_event_kind CHECK (kind IN ('split', 'merge', 'end'))
);
CREATE TABLE parcel (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_parcel PRIMARY KEY (id),
    CONSTRAINT uq_parcel_ledger_id_code UNIQUE (ledger_id, code),
    CONSTRAINT fk_parcel_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE parcel_sketch (
    id INTEGER NOT NULL,
    parcel_id INTEGER NOT NULL,
    corners VARCHAR DEFAULT '' NOT NULL,
    effective VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_parcel_sketch PRIMARY KEY (id),
    CONSTRAINT fk_parcel_sketch_parcel_id FOREIGN KEY(parcel_id) REFERENCES parcel (id)
);
CREATE INDEX ix_parcel_sketch_parcel_id ON parcel_sketch (parcel_id, effective, id);
CREATE TABLE parcel_state (
    id INTEGER NOT NULL,
    parcel_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    area BIGINT NOT NULL,
    east VARCHAR NOT NULL,
    south VARCHAR NOT NULL,
    west VARCHAR NOT NULL,
    north VARCHAR NOT NULL,
    land_class VARCHAR DEFAULT '' NOT NULL,
    owner_level VARCHAR NOT NULL,
    owner VARCHAR DEFAULT '' NOT NULL,
    certificate VARCHAR DEFAULT '' NOT NULL,
    disputed VARCHAR DEFAULT '' NOT NULL,
    map_ref VARCHAR DEFAULT '' NOT NULL,
    unit_price BIGINT,
    standing VARCHAR NOT NULL,
    used_by VARCHAR DEFAULT '' NOT NULL,
    origin VARCHAR DEFAULT '' NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    effective VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_parcel_state PRIMARY KEY (id),
    CONSTRAINT ck_parcel_state_area CHECK (typeof(area) = 'integer' AND area > 0),
    CONSTRAINT ck_parcel_state_bounds CHECK (name <> '' AND east <> '' AND south <> '' AND west <> '' AND north <> ''),
    CONSTRAINT ck_parcel_state_owner_level CHECK (owner_level IN ('village', 'group', 'township')),
    CONSTRAINT ck_parcel_state_standing CHECK (standing IN ('own', 'let', 'public', 'idle')),
    CONSTRAINT ck_parcel_state_price CHECK (unit_price IS NULL OR (typeof(unit_price) = 'integer' AND unit_price >= 0)),
    CONSTRAINT fk_parcel_state_parcel_id FOREIGN KEY(parcel_id) REFERENCES parcel (id)
);
CREATE INDEX ix_parcel_state_parcel_id ON parcel_state (parcel_id, effective, id);
CREATE TABLE parcel_step (
    id INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    parcel_id INTEGER NOT NULL,
    side VARCHAR NOT NULL,
    CONSTRAINT pk_parcel_step PRIMARY KEY (id),
    CONSTRAINT ck_parcel_step_side CHECK (side IN ('before', 'after')),
    CONSTRAINT uq_parcel_step_parcel_id_side UNIQUE (parcel_id, side),
    CONSTRAINT fk_parcel_step_event_id FOREIGN KEY(event_id) REFERENCES parcel_event (id),
    CONSTRAINT fk_parcel_step_parcel_id FOREIGN KEY(parcel_id) REFERENCES parcel (id)
);
CREATE INDEX ix_parcel_step_event_id ON parcel_step (event_id);
