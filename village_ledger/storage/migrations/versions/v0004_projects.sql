CREATE TABLE project_entry (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    project_id INTEGER NOT NULL,
    step VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_project_entry PRIMARY KEY (id),
    CONSTRAINT ck_project_entry_step CHECK (step IN ('card', 'budget', 'tender', 'contract', 'change', 'acceptance', 'final')),
    CONSTRAINT fk_project_entry_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id),
    CONSTRAINT fk_project_entry_project_id FOREIGN KEY(project_id) REFERENCES party (id)
);
CREATE INDEX ix_project_entry_project_id ON project_entry (project_id, ledger_id);
