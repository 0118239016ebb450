-- What nobody has classified earns nothing until somebody decides (R2.1). A preview names what was collected of it and not
-- given back, with its sum, whatever else is stored. Kind 6 is unclassified; of the statuses these were collected.
CREATE INDEX charges_unclassified ON charges (currency, amount_cents, refunded_cents)
    WHERE kind = 6 AND status IN (0, 4, 5, 6) AND refunded_cents < amount_cents;
