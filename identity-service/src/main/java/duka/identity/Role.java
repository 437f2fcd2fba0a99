package duka.identity;

/** What somebody may be in the shop, from the least to the most; one person can be several. */
public enum Role {
    CUSTOMER,
    VENDOR,
    STORE_MANAGER,
    ADMIN
}
