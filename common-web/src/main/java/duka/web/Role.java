package duka.web;

/** What somebody may be in the shop; one person can be several. */
public enum Role {
    CUSTOMER,
    VENDOR,
    STORE_MANAGER,
    ADMIN
}
