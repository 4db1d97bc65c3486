BEGIN TRANSACTION;
CREATE TABLE pins (
	run VARCHAR(64) NOT NULL, 
	user VARCHAR(200) NOT NULL, 
	created DATETIME NOT NULL, 
	PRIMARY KEY (run), 
	FOREIGN KEY(run) REFERENCES runs (id) ON DELETE CASCADE
);
INSERT INTO "pins" VALUES('second','Ænna','2026-11-27 08:20:16.078796');
CREATE TABLE runs (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id VARCHAR(64) NOT NULL, 
	tool VARCHAR(200) NOT NULL, 
	title TEXT NOT NULL, 
	path TEXT NOT NULL, 
	"values" JSON NOT NULL, 
	argv JSON NOT NULL, 
	user VARCHAR(200) NOT NULL, 
	door VARCHAR(50) NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	created DATETIME NOT NULL, 
	started DATETIME, 
	ended DATETIME, 
	exit_code BIGINT, 
	rows BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	search TEXT NOT NULL, 
	bytes BIGINT, 
	UNIQUE (id)
);
INSERT INTO "runs" VALUES(1,'first','stock','Stock levels','levelsall of them','{"site": "N\u00f6rd", "on": true, "rows": [["a", "b"]], "n": 3}','["stock", "levels", "--site=N\u00f6rd"]','Ænna','web','failed','2026-11-22 12:00:00.123456','2026-11-22 12:00:01.123456','2026-11-22 12:00:02.123456',3221225477,5000000000,'It broke','stock levels stock levels all of them stock levels --site=nörd ænna it broke',NULL);
INSERT INTO "runs" VALUES(2,'second','share','Share','','{}','[]','','web','succeeded','2026-11-22 12:00:00.123456',NULL,NULL,0,0,'','share share  ',NULL);
CREATE TABLE webify_schema (
	version INTEGER NOT NULL
);
INSERT INTO "webify_schema" VALUES(3);
CREATE INDEX runs_by_created ON runs (created);
CREATE INDEX runs_by_state ON runs (state);
CREATE INDEX runs_by_tool ON runs (tool, number);
CREATE INDEX pins_by_created ON pins (created);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('runs',2);
COMMIT;
