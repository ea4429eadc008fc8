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
