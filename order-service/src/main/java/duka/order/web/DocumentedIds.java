package duka.order.web;

import duka.order.OrderId;
import java.util.UUID;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Configuration;

/** Ids are plain UUIDs to the API's readers. */
@Configuration(proxyBeanMethods = false)
class DocumentedIds {

    static {
        SpringDocUtils.getConfig().replaceWithClass(OrderId.class, UUID.class);
    }
}
