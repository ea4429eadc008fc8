CREATE TABLE panel_list (
    id INTEGER NOT NULL,
    digest VARCHAR NOT NULL,
    count INTEGER NOT NULL,
    imported_by VARCHAR NOT NULL,
    imported_at VARCHAR NOT NULL,
    CONSTRAINT pk_panel_list PRIMARY KEY (id)
);
CREATE TABLE decision (
    id INTEGER NOT NULL,
    number VARCHAR NOT NULL,
    ledger_id INTEGER NOT NULL,
    law VARCHAR NOT NULL,
    matter VARCHAR NOT NULL,
    body VARCHAR DEFAULT '' NOT NULL,
    subject VARCHAR NOT NULL,
    amount BIGINT NOT NULL,
    steps VARCHAR NOT NULL,
    opened_by VARCHAR NOT NULL,
    opened_at VARCHAR NOT NULL,
    CONSTRAINT pk_decision PRIMARY KEY (id),
    CONSTRAINT ck_decision_body CHECK ((law = 'collective' AND body IN ('', 'assembly', 'representatives', 'board')) OR (law = 'committee' AND body IN ('', 'villagers', 'households', 'villager-representatives', 'group'))),
    CONSTRAINT ck_decision_amount CHECK (typeof(amount) = 'integer' AND amount >= 0),
    CONSTRAINT ck_decision_steps CHECK (steps LIKE 'proposed,%' AND steps LIKE '%,closed'),
    CONSTRAINT ck_decision_named CHECK (trim(number) <> '' AND trim(subject) <> ''),
    CONSTRAINT uq_decision_number UNIQUE (number),
    CONSTRAINT fk_decision_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE panel_person (
    list_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    register VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    avoids INTEGER NOT NULL,
    CONSTRAINT pk_panel_person PRIMARY KEY (list_id, line),
    CONSTRAINT ck_panel_person_avoids CHECK (avoids IN (0, 1)),
    CONSTRAINT fk_panel_person_list_id FOREIGN KEY(list_id) REFERENCES panel_list (id)
)
 WITHOUT ROWID;
CREATE TABLE decision_interest (
    id INTEGER NOT NULL,
    decision_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    ended INTEGER NOT NULL,
    written_by VARCHAR NOT NULL,
    written_at VARCHAR NOT NULL,
    CONSTRAINT pk_decision_interest PRIMARY KEY (id),
    CONSTRAINT ck_decision_interest_named CHECK (ended IN (0, 1) AND trim(name) <> '' AND reason <> ''),
    CONSTRAINT fk_decision_interest_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id)
);
CREATE INDEX ix_decision_interest_decision_id ON decision_interest (decision_id);
CREATE TABLE decision_link (
    id INTEGER NOT NULL,
    decision_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    ref VARCHAR NOT NULL,
    written_by VARCHAR NOT NULL,
    written_at VARCHAR NOT NULL,
    CONSTRAINT pk_decision_link PRIMARY KEY (id),
    CONSTRAINT uq_decision_link_decision_id_kind_ref UNIQUE (decision_id, kind, ref),
    CONSTRAINT ck_decision_link_kind CHECK (kind IN ('contract', 'voucher', 'budget', 'project', 'shares', 'dividend', 'asset', 'parcel')),
    CONSTRAINT fk_decision_link_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id)
);
CREATE TABLE decision_step (
    id INTEGER NOT NULL,
    decision_id INTEGER NOT NULL,
    step VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    eligible INTEGER NOT NULL,
    present INTEGER NOT NULL,
    in_favour INTEGER NOT NULL,
    against INTEGER NOT NULL,
    abstained INTEGER NOT NULL,
    notice_from VARCHAR DEFAULT '' NOT NULL,
    until VARCHAR DEFAULT '' NOT NULL,
    place VARCHAR DEFAULT '' NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    resolution VARCHAR,
    written_by VARCHAR NOT NULL,
    written_at VARCHAR NOT NULL,
    CONSTRAINT pk_decision_step PRIMARY KEY (id),
    CONSTRAINT uq_decision_step_decision_id_step UNIQUE (decision_id, step),
    CONSTRAINT ck_decision_step_vote CHECK ((eligible = 0 AND present = 0 AND in_favour = 0 AND against = 0 AND abstained = 0) OR (eligible > 0 AND present BETWEEN 0 AND eligible AND in_favour >= 0 AND against >= 0 AND abstained >= 0 AND in_favour + against + abstained <= present)),
    CONSTRAINT ck_decision_step_notice CHECK (notice_from <= day AND (until = '' OR until >= day)),
    CONSTRAINT ck_decision_step_reason CHECK (step <> 'dropped' OR note <> ''),
    CONSTRAINT fk_decision_step_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id),
    CONSTRAINT fk_decision_step_resolution FOREIGN KEY(resolution) REFERENCES resolution (number)
);
CREATE TABLE panel_draw (
    decision_id INTEGER NOT NULL,
    list_id INTEGER NOT NULL,
    seed VARCHAR NOT NULL,
    drawn_by VARCHAR NOT NULL,
    drawn_at VARCHAR NOT NULL,
    CONSTRAINT pk_panel_draw PRIMARY KEY (decision_id),
    CONSTRAINT fk_panel_draw_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id),
    CONSTRAINT fk_panel_draw_list_id FOREIGN KEY(list_id) REFERENCES panel_list (id)
);
CREATE TABLE panel_lot (
    id INTEGER NOT NULL,
    decision_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    round INTEGER NOT NULL,
    register VARCHAR NOT NULL,
    "index" INTEGER NOT NULL,
    eligible INTEGER NOT NULL,
    list_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    reason VARCHAR DEFAULT '' NOT NULL,
    drawn_by VARCHAR NOT NULL,
    drawn_at VARCHAR NOT NULL,
    CONSTRAINT pk_panel_lot PRIMARY KEY (id),
    CONSTRAINT uq_panel_lot_decision_id_place_round UNIQUE (decision_id, place, round),
    CONSTRAINT fk_panel_lot_list_id_line FOREIGN KEY(list_id, line) REFERENCES panel_person (list_id, line),
    CONSTRAINT ck_panel_lot_place CHECK (place BETWEEN 1 AND 4 AND round > 0),
    CONSTRAINT ck_panel_lot_index CHECK (eligible > 0 AND "index" BETWEEN 0 AND eligible - 1),
    CONSTRAINT fk_panel_lot_decision_id FOREIGN KEY(decision_id) REFERENCES panel_draw (decision_id)
);
CREATE TABLE panel_barred (
    lot_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    CONSTRAINT pk_panel_barred PRIMARY KEY (lot_id, line),
    CONSTRAINT ck_panel_barred_reason CHECK (reason <> ''),
    CONSTRAINT fk_panel_barred_lot_id FOREIGN KEY(lot_id) REFERENCES panel_lot (id)
)
 WITHOUT ROWID;
CREATE TABLE panel_seat (
    id INTEGER NOT NULL,
    decision_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    role VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    lot_id INTEGER,
    reason VARCHAR DEFAULT '' NOT NULL,
    seated_by VARCHAR NOT NULL,
    seated_at VARCHAR NOT NULL,
    CONSTRAINT pk_panel_seat PRIMARY KEY (id),
    CONSTRAINT ck_panel_seat_place CHECK (place BETWEEN 1 AND 6 AND (lot_id IS NOT NULL) = (place <= 4)),
    CONSTRAINT ck_panel_seat_named CHECK (trim(name) <> ''),
    CONSTRAINT fk_panel_seat_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id),
    CONSTRAINT fk_panel_seat_lot_id FOREIGN KEY(lot_id) REFERENCES panel_lot (id)
);
CREATE INDEX ix_panel_seat_decision_id ON panel_seat (decision_id, place, id);
CREATE TABLE panel_sign (
    id INTEGER NOT NULL,
    decision_id INTEGER NOT NULL,
    stage VARCHAR NOT NULL,
    place INTEGER NOT NULL,
    seat_id INTEGER NOT NULL,
    verdict VARCHAR NOT NULL,
    opinion VARCHAR DEFAULT '' NOT NULL,
    day VARCHAR NOT NULL,
    on_paper INTEGER NOT NULL,
    corrects VARCHAR DEFAULT '' NOT NULL,
    written_by VARCHAR NOT NULL,
    written_at VARCHAR NOT NULL,
    CONSTRAINT pk_panel_sign PRIMARY KEY (id),
    CONSTRAINT ck_panel_sign_stage CHECK (stage IN ('proposal', 'decision', 'execution', 'evaluation')),
    CONSTRAINT ck_panel_sign_verdict CHECK (verdict IN ('agree', 'disagree', 'abstain')),
    CONSTRAINT ck_panel_sign_on_paper CHECK (on_paper IN (0, 1)),
    CONSTRAINT ck_panel_sign_opinion CHECK (verdict <> 'disagree' OR opinion <> ''),
    CONSTRAINT fk_panel_sign_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id),
    CONSTRAINT fk_panel_sign_seat_id FOREIGN KEY(seat_id) REFERENCES panel_seat (id)
);
CREATE INDEX ix_panel_sign_decision_id ON panel_sign (decision_id, stage, place, id);
