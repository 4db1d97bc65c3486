CREATE TABLE public.pins (
    run character varying(64) NOT NULL,
    "user" character varying(200) NOT NULL,
    created timestamp with time zone NOT NULL
);
CREATE TABLE public.runs (
    number bigint NOT NULL,
    id character varying(64) NOT NULL,
    tool character varying(200) NOT NULL,
    title text NOT NULL,
    path text NOT NULL,
    "values" json NOT NULL,
    argv json NOT NULL,
    "user" character varying(200) NOT NULL,
    door character varying(50) NOT NULL,
    state character varying(20) NOT NULL,
    created timestamp with time zone NOT NULL,
    started timestamp with time zone,
    ended timestamp with time zone,
    exit_code bigint,
    rows bigint NOT NULL,
    reason text NOT NULL,
    search text NOT NULL,
    bytes bigint
);
CREATE SEQUENCE public.runs_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.runs_number_seq OWNED BY public.runs.number;
CREATE TABLE public.webify_schema (
    version integer NOT NULL
);
ALTER TABLE ONLY public.runs ALTER COLUMN number SET DEFAULT nextval('public.runs_number_seq'::regclass);
INSERT INTO public.pins VALUES ('second', 'Ænna', '2026-11-27 08:20:16.749034+00');
INSERT INTO public.runs VALUES (1, 'first', 'stock', 'Stock levels', 'levelsall of them', '{"site": "N\u00f6rd", "on": true, "rows": [["a", "b"]], "n": 3}', '["stock", "levels", "--site=N\u00f6rd"]', 'Ænna', 'web', 'failed', '2026-11-22 12:00:00.123456+00', '2026-11-22 12:00:01.123456+00', '2026-11-22 12:00:02.123456+00', 3221225477, 5000000000, 'It broke', 'stock levels stock levels all of them stock levels --site=nörd ænna it broke', NULL);
INSERT INTO public.runs VALUES (2, 'second', 'share', 'Share', '', '{}', '[]', '', 'web', 'succeeded', '2026-11-22 12:00:00.123456+00', NULL, NULL, 0, 0, '', 'share share  ', NULL);
INSERT INTO public.webify_schema VALUES (3);
SELECT pg_catalog.setval('public.runs_number_seq', 2, true);
ALTER TABLE ONLY public.pins
    ADD CONSTRAINT pins_pkey PRIMARY KEY (run);
ALTER TABLE ONLY public.runs
    ADD CONSTRAINT runs_id_key UNIQUE (id);
ALTER TABLE ONLY public.runs
    ADD CONSTRAINT runs_pkey PRIMARY KEY (number);
CREATE INDEX pins_by_created ON public.pins USING btree (created);
CREATE INDEX runs_by_created ON public.runs USING btree (created);
CREATE INDEX runs_by_state ON public.runs USING btree (state);
CREATE INDEX runs_by_tool ON public.runs USING btree (tool, number);
ALTER TABLE ONLY public.pins
    ADD CONSTRAINT pins_run_fkey FOREIGN KEY (run) REFERENCES public.runs(id) ON DELETE CASCADE;
