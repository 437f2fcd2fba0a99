package duka.catalog;

import duka.catalog.stock.Stock;

/** There would be more of a product than can be kept account of. */
public class TooMuchStock extends RuntimeException {

    private final Stock stock;

    TooMuchStock(Stock stock) {
        super("product %s has %d on hand".formatted(stock.productId(), stock.onHand()));
        this.stock = stock;
    }

    public Stock stock() {
        return stock;
    }
}
