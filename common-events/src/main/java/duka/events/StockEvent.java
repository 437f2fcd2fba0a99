package duka.events;

/** What catalog-service says about stock. */
public sealed interface StockEvent extends Event permits ReservationEvent, InventoryEvent {}
