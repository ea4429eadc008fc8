CREATE TABLE blob (
    digest VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    media_type VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    content BLOB,
    CONSTRAINT pk_blob PRIMARY KEY (digest),
    CONSTRAINT ck_blob_digest CHECK (length(digest) = 64 AND lower(digest) = digest),
    CONSTRAINT ck_blob_size CHECK (typeof(size) = 'integer' AND size > 0),
    CONSTRAINT ck_blob_whole CHECK (content IS NULL OR length(content) = size)
);
CREATE TABLE electronic_invoice (
    id INTEGER NOT NULL,
    number VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    seller VARCHAR NOT NULL,
    buyer VARCHAR NOT NULL,
    net BIGINT NOT NULL,
    tax BIGINT NOT NULL,
    gross BIGINT NOT NULL,
    original VARCHAR DEFAULT '' NOT NULL,
    body VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    CONSTRAINT pk_electronic_invoice PRIMARY KEY (id),
    CONSTRAINT uq_electronic_invoice_number UNIQUE (number),
    CONSTRAINT ck_electronic_invoice_kind CHECK (kind IN ('vat', 'fiscal')),
    CONSTRAINT ck_electronic_invoice_sum CHECK (typeof(gross) = 'integer' AND net + tax = gross),
    CONSTRAINT ck_electronic_invoice_digest CHECK (length(digest) = 64)
);
CREATE TABLE attachment (
    id INTEGER NOT NULL,
    owner_kind VARCHAR NOT NULL,
    ledger_id INTEGER,
    owner_key VARCHAR DEFAULT '' NOT NULL,
    title VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    sheets INTEGER NOT NULL,
    original_digest VARCHAR NOT NULL,
    original_size INTEGER NOT NULL,
    paper_at VARCHAR DEFAULT '' NOT NULL,
    "by" VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    CONSTRAINT pk_attachment PRIMARY KEY (id),
    CONSTRAINT ck_attachment_owner CHECK (owner_kind <> '' AND (owner_kind = 'inbox') = (owner_key = '')),
    CONSTRAINT ck_attachment_title CHECK (trim(title) <> '' AND sheets > 0),
    CONSTRAINT fk_attachment_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id),
    CONSTRAINT fk_attachment_digest FOREIGN KEY(digest) REFERENCES blob (digest)
);
CREATE INDEX ix_attachment_digest ON attachment (digest);
CREATE INDEX ix_attachment_original ON attachment (original_digest);
CREATE INDEX ix_attachment_owner ON attachment (owner_kind, ledger_id, owner_key);
CREATE TABLE attachment_taken_back (
    attachment_id INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    "by" VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    CONSTRAINT pk_attachment_taken_back PRIMARY KEY (attachment_id),
    CONSTRAINT ck_attachment_taken_back_reason CHECK (trim(reason) <> ''),
    CONSTRAINT fk_attachment_taken_back_attachment_id FOREIGN KEY(attachment_id) REFERENCES attachment (id)
);
CREATE TABLE invoice_file (
    attachment_id INTEGER NOT NULL,
    invoice_id INTEGER NOT NULL,
    CONSTRAINT pk_invoice_file PRIMARY KEY (attachment_id),
    CONSTRAINT fk_invoice_file_attachment_id FOREIGN KEY(attachment_id) REFERENCES attachment (id),
    CONSTRAINT fk_invoice_file_invoice_id FOREIGN KEY(invoice_id) REFERENCES electronic_invoice (id)
);
CREATE INDEX ix_invoice_file_invoice ON invoice_file (invoice_id);
