package duka.order;

/** Who looks at an order: customers see their own, staff see all. */
public record Viewer(CustomerId customer, boolean isStaff) {

    public boolean maySee(Order order) {
        return isStaff || owns(order);
    }

    boolean owns(Order order) {
        return order.customer().equals(customer);
    }
}
