INSERT INTO project_total
SELECT l.ledger_id, l.account, l.project_id, v.month, sum(l.debit), sum(l.credit)
FROM posting p JOIN voucher v ON v.id = p.voucher_id JOIN voucher_line l ON l.voucher_id = p.voucher_id
WHERE l.project_id IS NOT NULL
GROUP BY 1, 2, 3, 4;
