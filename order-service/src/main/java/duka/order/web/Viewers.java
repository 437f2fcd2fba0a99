package duka.order.web;

import duka.order.CustomerId;
import duka.order.Viewer;
import duka.web.Caller;

/** Callers as orders see them. */
final class Viewers {

    static Viewer of(Caller caller) {
        return new Viewer(new CustomerId(caller.id()), caller.isStaff());
    }

    private Viewers() {}
}
