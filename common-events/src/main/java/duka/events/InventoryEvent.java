package duka.events;

/** What catalog-service says about its stock as a whole, apart from any one order. */
public sealed interface InventoryEvent extends StockEvent
        permits StockLevelChanged, StockCritical, InventoryReconciled {}
