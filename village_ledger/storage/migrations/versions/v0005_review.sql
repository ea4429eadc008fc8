CREATE TABLE package_sent (
    seq INTEGER NOT NULL,
    digest BLOB NOT NULL,
    previous BLOB NOT NULL,
    first_day VARCHAR NOT NULL,
    last_day VARCHAR NOT NULL,
    heads VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_package_sent PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ix_package_sent_digest ON package_sent (digest);
CREATE TABLE packed (
    id INTEGER NOT NULL,
    level VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_packed PRIMARY KEY (id),
    CONSTRAINT ck_packed_single CHECK (id = 1)
);
CREATE TABLE reviewer_key (
    id INTEGER NOT NULL,
    public BLOB NOT NULL,
    office VARCHAR NOT NULL,
    compared INTEGER DEFAULT 0 NOT NULL,
    taken_by VARCHAR NOT NULL,
    taken_at VARCHAR NOT NULL,
    CONSTRAINT pk_reviewer_key PRIMARY KEY (id),
    CONSTRAINT ck_reviewer_key_public CHECK (length(public) = 32)
);
CREATE TABLE village_key (
    id INTEGER NOT NULL,
    algorithm VARCHAR NOT NULL,
    public BLOB NOT NULL,
    sealed_private BLOB NOT NULL,
    reason VARCHAR DEFAULT '' NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_village_key PRIMARY KEY (id),
    CONSTRAINT ck_village_key_public CHECK (length(public) = 32)
);
CREATE TABLE withheld_row (
    kind VARCHAR NOT NULL,
    row_id INTEGER NOT NULL,
    shown VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_withheld_row PRIMARY KEY (kind, row_id)
)
 WITHOUT ROWID;
CREATE TABLE withheld_text (
    voucher_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    salt BLOB,
    commitment VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_withheld_text PRIMARY KEY (voucher_id, place),
    CONSTRAINT ck_withheld_text_either CHECK ((salt IS NULL) <> (commitment = ''))
)
 WITHOUT ROWID;
CREATE TABLE remarks_file (
    id INTEGER NOT NULL,
    digest BLOB NOT NULL,
    package_seq INTEGER NOT NULL,
    reviewer VARCHAR NOT NULL,
    office VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    taken_by VARCHAR NOT NULL,
    taken_at VARCHAR NOT NULL,
    CONSTRAINT pk_remarks_file PRIMARY KEY (id),
    CONSTRAINT fk_remarks_file_package_seq FOREIGN KEY(package_seq) REFERENCES package_sent (seq)
);
CREATE UNIQUE INDEX ix_remarks_file_digest ON remarks_file (digest);
CREATE TABLE remark_answer (
    id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    answered_by VARCHAR NOT NULL,
    answered_at VARCHAR NOT NULL,
    CONSTRAINT pk_remark_answer PRIMARY KEY (id),
    CONSTRAINT ck_remark_answer_said CHECK (trim(text) <> ''),
    CONSTRAINT fk_remark_answer_file_id FOREIGN KEY(file_id) REFERENCES remarks_file (id)
);
CREATE INDEX ix_remark_answer_remark ON remark_answer (file_id, number);
CREATE TABLE second_review (
    id INTEGER NOT NULL,
    voucher_id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    verdict VARCHAR NOT NULL,
    reviewer VARCHAR NOT NULL,
    reviewed_at VARCHAR NOT NULL,
    reason VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_second_review PRIMARY KEY (id),
    CONSTRAINT ck_second_review_verdict CHECK (verdict IN ('pass', 'return')),
    CONSTRAINT fk_second_review_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id),
    CONSTRAINT fk_second_review_file_id FOREIGN KEY(file_id) REFERENCES remarks_file (id)
);
CREATE INDEX ix_second_review_voucher ON second_review (voucher_id, id);
