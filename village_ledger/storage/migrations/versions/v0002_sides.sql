CREATE TABLE party_balance (
    ledger_id INTEGER NOT NULL,
    account VARCHAR NOT NULL,
    counterparty_id INTEGER NOT NULL,
    balance BIGINT NOT NULL,
    CONSTRAINT pk_party_balance PRIMARY KEY (ledger_id, account, counterparty_id),
    CONSTRAINT fk_party_balance_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code),
    CONSTRAINT fk_party_balance_counterparty_id FOREIGN KEY(counterparty_id) REFERENCES party (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_party_balance_owing ON party_balance (ledger_id, account, counterparty_id) WHERE balance > 0;
CREATE TABLE side_total (
    ledger_id INTEGER NOT NULL,
    account VARCHAR NOT NULL,
    month VARCHAR NOT NULL,
    debit BIGINT NOT NULL,
    credit BIGINT NOT NULL,
    CONSTRAINT pk_side_total PRIMARY KEY (ledger_id, account, month),
    CONSTRAINT fk_side_total_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code)
)
 WITHOUT ROWID;
