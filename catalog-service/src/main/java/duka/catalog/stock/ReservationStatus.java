package duka.catalog.stock;

/** How far a reservation has come. */
enum ReservationStatus {
    /** Its units are kept for the order. */
    HELD,
    /** The order could not have all that it asked for, and was given nothing. */
    REFUSED,
    /** Its units are sold; those of cancelled lines may be back already. */
    TAKEN,
    RELEASED,
    /** All that was taken is back. */
    RETURNED
}
