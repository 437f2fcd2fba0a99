package duka.payment;

import duka.payment.Charging.Page;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What staff can read in the ledger. */
@Service
@Transactional(readOnly = true)
public class Bookkeeping {

    private final Ledger ledger;

    Bookkeeping(Ledger ledger) {
        this.ledger = ledger;
    }

    public Page<LedgerEntry> list(LedgerFilter filter, long offset, int limit) {
        return new Page<>(ledger.list(filter, offset, limit), ledger.count(filter));
    }
}
