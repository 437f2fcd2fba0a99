package duka.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What order-service says: an order's whole life. Every other participant of a checkout takes its
 * cue from these.
 */
public sealed interface OrderEvent extends CheckoutEvent {

    /** Decides what becomes of the cart. */
    sealed interface ForCart extends OrderEvent {}

    /** Reserves stock, takes it or brings it back. */
    sealed interface ForStock extends OrderEvent {}

    /** Makes money move, or keeps it from moving. */
    sealed interface ForPayment extends OrderEvent {}

    /** What the customer is written about. */
    sealed interface ForCustomer extends OrderEvent {}

    record OrderPlaced(UUID orderId, UUID customerId, List<Line> lines, Money total)
            implements ForStock, ForCustomer {}

    /**
     * Stock is reserved; now it is payment's turn.
     *
     * @param vendorShares what of the total each vendor has sold
     * @param paymentToken sealed for payment-service; none when the customer will give it later
     * @param deadline when order-service will cancel what is not paid
     */
    record OrderAwaitingPayment(
            UUID orderId,
            UUID customerId,
            Money total,
            List<VendorShare> vendorShares,
            PaymentMethod paymentMethod,
            @Nullable Sealed paymentToken,
            Instant deadline)
            implements ForPayment {}

    /** The pivot: from here on the order will be fulfilled unless somebody cancels it. */
    record OrderConfirmed(UUID orderId) implements ForCart, ForStock, ForPayment, ForCustomer {}

    record OrderRejected(UUID orderId, List<Refusal> refused) implements ForCart, ForCustomer {}

    /**
     * @param afterConfirmation whether it had passed the pivot, so that there is more to undo
     */
    record OrderCancelled(UUID orderId, CancelReason reason, boolean afterConfirmation)
            implements ForCart, ForStock, ForPayment, ForCustomer {}

    /**
     * @param complete whether nothing is left to ship
     */
    record OrderShipped(UUID orderId, UUID shipmentId, List<Quantity> lines, boolean complete)
            implements ForCustomer {}

    /**
     * @param amount what the customer gets back for these lines
     * @param vendorShares what of the amount each vendor would have had; none in events from before
     *     it was said
     */
    record OrderLinesCancelled(
            UUID orderId,
            List<Quantity> lines,
            Money amount,
            @Nullable List<VendorShare> vendorShares)
            implements ForStock, ForPayment, ForCustomer {

        public OrderLinesCancelled(UUID orderId, List<Quantity> lines, Money amount) {
            this(orderId, lines, amount, null);
        }
    }

    record OrderDelivered(UUID orderId) implements ForPayment, ForCustomer {}

    record OrderReturned(UUID orderId) implements ForCart, ForStock, ForPayment, ForCustomer {}

    /** For people to know; no participant of a checkout acts on it. */
    sealed interface OrderNotice extends ForCustomer {}

    /**
     * The customer has still not paid.
     *
     * @param reminder 1 at half of the time given, 2 at four fifths
     */
    record OrderPaymentReminded(
            UUID orderId, UUID customerId, Money total, int reminder, Instant deadline)
            implements OrderNotice {}

    /** The customer wants to send the order back. */
    record OrderReturnRequested(UUID orderId, UUID returnId, String reason)
            implements OrderNotice {}

    /** It may come; {@link OrderReturned} follows once it is here. */
    record OrderReturnApproved(UUID orderId, UUID returnId) implements OrderNotice {}

    record OrderReturnRejected(UUID orderId, UUID returnId, String reason) implements OrderNotice {}

    record Line(UUID productId, int quantity, Money unitPrice) {}

    /**
     * @param vendorId none for what the shop itself sells
     */
    record VendorShare(@Nullable UUID vendorId, Money amount) {}

    enum CancelReason {
        CUSTOMER,
        STAFF,
        DEADLINE,
        DECLINED,
        PAYMENT_FAILED
    }
}
