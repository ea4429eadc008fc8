INSERT INTO side_total
WITH moved AS (
    SELECT ledger_id, account, counterparty_id AS party, '' AS month, sum(debit - credit) AS net
    FROM opening WHERE counterparty_id IS NOT NULL GROUP BY 1, 2, 3
    UNION ALL SELECT ledger_id, account, counterparty_id, month, debit - credit FROM party_total
), path AS (
    SELECT ledger_id, account, month, net, sum(net) OVER (PARTITION BY ledger_id, account, party ORDER BY month) AS after
    FROM moved
)
SELECT ledger_id, account, month, sum(max(after, 0) - max(after - net, 0)), sum(max(-after, 0) - max(net - after, 0))
FROM path GROUP BY 1, 2, 3;
INSERT INTO party_balance
SELECT ledger_id, account, party, sum(net) FROM (
    SELECT ledger_id, account, counterparty_id AS party, debit - credit AS net FROM opening WHERE counterparty_id IS NOT NULL
    UNION ALL SELECT ledger_id, account, counterparty_id, debit - credit FROM party_total
) GROUP BY 1, 2, 3;
