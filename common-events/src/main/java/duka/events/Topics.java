package duka.events;

/** One topic per kind of event: the place where one service, and no other, speaks. */
public final class Topics {

    public static final String CART = "duka.cart.v1";
    public static final String ORDERS = "duka.orders.v1";
    public static final String STOCK = "duka.stock.v1";
    public static final String PAYMENTS = "duka.payments.v1";

    /** Compacted: it keeps each product's latest state. */
    public static final String PRODUCTS = "duka.products.v1";

    public static final String ACCOUNTS = "duka.accounts.v1";
    public static final String LEDGER = "duka.ledger.v1";
    public static final String REPORTS = "duka.reports.v1";

    public static String of(Event event) {
        return switch (event) {
            case CartEvent _ -> CART;
            case OrderEvent _ -> ORDERS;
            case StockEvent _ -> STOCK;
            case PaymentEvent _ -> PAYMENTS;
            case ProductEvent _ -> PRODUCTS;
            case AccountEvent _ -> ACCOUNTS;
            case LedgerEvent _ -> LEDGER;
            case ReportEvent _ -> REPORTS;
        };
    }

    private Topics() {}
}
