package duka.catalog;

import duka.testing.Infrastructure;
import duka.testing.Redis;
import duka.testing.Statements;
import duka.web.TestTokens;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;

/** The whole service, over a real PostgreSQL, Kafka and Redis; one for all tests. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(properties = "duka.images.folder=target/images")
@AutoConfigureMockMvc
@Import({Infrastructure.class, Redis.class, TestTokens.class, Statements.class, Shop.class})
public @interface WholeCatalog {}
