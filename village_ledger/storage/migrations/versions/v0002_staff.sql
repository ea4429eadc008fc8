CREATE TABLE data_key (
    id INTEGER NOT NULL,
    made_at VARCHAR NOT NULL,
    "check" BLOB NOT NULL,
    plain BLOB,
    CONSTRAINT pk_data_key PRIMARY KEY (id),
    CONSTRAINT ck_data_key_single CHECK (id = 1)
);
CREATE TABLE key_wrap (
    holder INTEGER NOT NULL,
    made_at VARCHAR NOT NULL,
    parameters VARCHAR NOT NULL,
    salt BLOB NOT NULL,
    nonce BLOB NOT NULL,
    wrapped BLOB NOT NULL,
    CONSTRAINT pk_key_wrap PRIMARY KEY (holder)
);
CREATE TABLE staff (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    added_at VARCHAR NOT NULL,
    left_at VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_staff PRIMARY KEY (id),
    CONSTRAINT uq_staff_name UNIQUE (name)
);
CREATE TABLE staff_pin (
    staff_id INTEGER NOT NULL,
    hash VARCHAR NOT NULL,
    set_at VARCHAR NOT NULL,
    failures INTEGER DEFAULT 0 NOT NULL,
    shut_until VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_staff_pin PRIMARY KEY (staff_id),
    CONSTRAINT fk_staff_pin_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
);
CREATE TABLE staff_role (
    id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    role VARCHAR NOT NULL,
    ledger_id INTEGER,
    since VARCHAR NOT NULL,
    until VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_staff_role PRIMARY KEY (id),
    CONSTRAINT ck_staff_role_in_order CHECK (until = '' OR until >= since),
    CONSTRAINT fk_staff_role_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_staff_role_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
