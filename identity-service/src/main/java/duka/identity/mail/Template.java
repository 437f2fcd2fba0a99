package duka.identity.mail;

import java.util.Locale;

/** Every kind of mail. Each has a text, whose first line is the subject, and an HTML body. */
enum Template {
    WELCOME(Audience.OWNER),
    VERIFY_EMAIL(Audience.OWNER),
    RESET_PASSWORD(Audience.OWNER),
    PASSWORD_CODE(Audience.OWNER),
    PASSWORD_CHANGED(Audience.OWNER),
    VENDOR_UNDER_REVIEW(Audience.OWNER),
    VENDOR_APPROVED(Audience.OWNER),
    VENDOR_SUSPENDED(Audience.OWNER),
    VENDOR_CLOSED(Audience.OWNER),

    ORDER_CONFIRMED(Audience.OWNER),
    ORDER_REJECTED(Audience.OWNER),
    ORDER_CANCELLED(Audience.OWNER),
    ORDER_LINES_CANCELLED(Audience.OWNER),
    ORDER_SHIPPED(Audience.OWNER),
    ORDER_DELIVERED(Audience.OWNER),
    ORDER_RETURNED(Audience.OWNER),
    RETURN_REQUESTED(Audience.OWNER),
    RETURN_APPROVED(Audience.OWNER),
    RETURN_REJECTED(Audience.OWNER),

    PAYMENT_ACTION(Audience.OWNER),
    PAYMENT_REMINDER(Audience.OWNER),
    PAYMENT_RECEIPT(Audience.OWNER),
    PAYMENT_REFUNDED(Audience.OWNER),

    STOCK_ALERT(Audience.SHOP),
    INVENTORY_RECONCILED(Audience.SHOP),
    SALES_REPORT(Audience.SHOP);

    /** Whom a mail is for. */
    enum Audience {
        /** Somebody about what is theirs. */
        OWNER,
        /** Somebody who works here, about the shop. */
        SHOP
    }

    private final Audience audience;

    Template(Audience audience) {
        this.audience = audience;
    }

    boolean isForTheShop() {
        return audience == Audience.SHOP;
    }

    /** Of its files, without what follows the dot. */
    String fileName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
