-- What nobody has classified earns nothing until somebody decides (R2.1). A preview names it with its sum, whatever else
-- is stored.
CREATE INDEX charges_unclassified ON charges (currency, amount_cents) WHERE kind = 6;
