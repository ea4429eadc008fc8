CREATE TABLE household (
    id INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_household PRIMARY KEY (id),
    CONSTRAINT uq_household_code UNIQUE (code)
);
CREATE TABLE people_chain (
    seq INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    row_id INTEGER NOT NULL,
    digest BLOB NOT NULL,
    CONSTRAINT pk_people_chain PRIMARY KEY (seq)
);
CREATE TABLE person (
    id INTEGER NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id)
);
CREATE TABLE register_filing (
    id INTEGER NOT NULL,
    office VARCHAR NOT NULL,
    filed_on VARCHAR NOT NULL,
    as_of VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    read_to VARCHAR NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_register_filing PRIMARY KEY (id),
    CONSTRAINT ck_register_filing_office CHECK (office IN ('township', 'county'))
);
CREATE TABLE household_fact (
    id INTEGER NOT NULL,
    household_id INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    value VARCHAR DEFAULT '' NOT NULL,
    effective VARCHAR NOT NULL,
    basis VARCHAR DEFAULT '' NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_household_fact PRIMARY KEY (id),
    CONSTRAINT ck_household_fact_field CHECK (field IN ('group', 'address', 'note')),
    CONSTRAINT fk_household_fact_household_id FOREIGN KEY(household_id) REFERENCES household (id)
);
CREATE INDEX ix_household_fact_household_id ON household_fact (household_id, field, effective);
CREATE TABLE member_status (
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    status VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    effective VARCHAR NOT NULL,
    retained_until VARCHAR DEFAULT '' NOT NULL,
    resolution VARCHAR,
    basis VARCHAR DEFAULT '' NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_member_status PRIMARY KEY (id),
    CONSTRAINT ck_member_status_status CHECK (status IN ('member', 'lost', 'withdrawn', 'granted', 'holder', 'none')),
    CONSTRAINT fk_member_status_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_member_status_resolution FOREIGN KEY(resolution) REFERENCES resolution (number)
);
CREATE INDEX ix_member_status_person_id ON member_status (person_id, effective);
CREATE TABLE person_fact (
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    value VARCHAR DEFAULT '' NOT NULL,
    sealed BLOB,
    token BLOB,
    effective VARCHAR NOT NULL,
    basis VARCHAR DEFAULT '' NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_person_fact PRIMARY KEY (id),
    CONSTRAINT ck_person_fact_field CHECK (field IN ('name', 'sex', 'birth', 'death', 'id_number', 'no_number', 'phone', 'bank', 'bank_account', 'hukou', 'note')),
    CONSTRAINT ck_person_fact_sealed CHECK (CASE WHEN field IN ('id_number', 'phone', 'bank_account') THEN value = '' ELSE sealed IS NULL END),
    CONSTRAINT fk_person_fact_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_person_fact_field ON person_fact (field, person_id, effective, id, value);
CREATE INDEX ix_person_fact_name ON person_fact (value) WHERE field = 'name';
CREATE INDEX ix_person_fact_token ON person_fact (token);
CREATE TABLE residence (
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    household_id INTEGER,
    relation VARCHAR DEFAULT '' NOT NULL,
    effective VARCHAR NOT NULL,
    basis VARCHAR DEFAULT '' NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_residence PRIMARY KEY (id),
    CONSTRAINT fk_residence_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_residence_household_id FOREIGN KEY(household_id) REFERENCES household (id)
);
CREATE INDEX ix_residence_household_id ON residence (household_id);
CREATE INDEX ix_residence_person_id ON residence (person_id, effective);
