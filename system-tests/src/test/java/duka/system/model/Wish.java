package duka.system.model;

/** What happens to a participant that is not an event: people, clocks and providers. */
public interface Wish {

    /**
     * Whether the shop does this by itself, sooner or later. What only people decide or bad luck
     * brings may never come: a checkout must end without it.
     */
    boolean comesByItself();
}
