/**
 * Words that names in programs are made of. The bundle takes a name of the clinic's own code only when all of its parts
 * are here: a file or a logger can be called after a patient.
 */
const words = new Set(
  `__init__ __main__ __call__ __aenter__ __aexit__ __enter__ __exit__ __init_subclass__ abstract access account accounts active
  add admin agenda agent agente alert alerts alergias all amount analysis analytics api app application applications appointment
  appointments archivos args array as async asgi attach audit auditoria auth authenticate authentication authorization
  available back backend background backup base basic batch before begin billing block body bot bridge build by cache calendar
  call cancel cargar catalog catalogo catalogos category change chart charts chat check cita citas clean cleanup client clients
  clinic clinica close code column command commit common compute config configuration conn connect connection connections
  consulta consultas contact context controller controllers core count create created crear credentials cron crud current
  cursor custom daily dashboard data database databases date day days db decode default delete dependencies dependency deps
  detail detalle dispatch domain download email employee encode endpoint endpoints engine env error errors event events
  exception exceptions execute expand expense expenses expediente expedientes export factura facturas fetch fetchall fetchone
  figures file files filter finance finanzas find first flow for form format from func function functions gastos generate get
  getconn graph group guardar handle handler handlers hash health helper helpers history horario horarios hour http
  id import in index info init initialize insert instance internal inventario inventory invoice item items job jobs json jwt
  key keys kpi kwargs last layer level lib library lifespan limit list lista listar load local log logger logging login logout
  loop main maintenance make manager map mapper material message messages method metric metrics middleware migration model
  models module modules month monthly name new next notas notification notifications notificaciones obtener of on open
  operation options or order owner package page paginate pago pagos parse password patch patient patients paciente pacientes
  path payment payments perform permission permissions permisos ping podologo podologos pool post prepare process profile
  protected provider public put putconn queries query queue raise range rate read record records recordatorios refresh
  register reload remove render repositories repository report reportes reports request requests reset resource resources
  response result results retry return revenue role roles rollback root router routers routes route row rows run runner save
  scheduler schema schemas script scripts search security select send serialize server service services servicios session
  sessions set settings setup shutdown site socket source sql src staff start startup stat state static statistics stats
  status stop storage store stream string sum summary support sync system table tables tareas task tasks template test tests
  text thread time timeout to today token tokens tool top total trace tracking transaction transcription tratamiento
  tratamientos treatment treatments trend trends type types update upload url user username users usuario usuarios util
  utils v1 v2 validate validation validator value values verify version view views voice voz wait web webhook week weekly
  whatsapp with worker wrapper write year
  adapt adapters async2 concurrency cursors datastructures encoders generators h11 httptools impl null openapi pq protocols
  responses routing sched selectors staticfiles strings uvicorn waiting waits websockets wsproto unchecked statement
  allowed aside checked decided deleted noted reopen seal sealed tidied backoff batched closed closing copy damaged demo done end ended erased exported failed file forgotten good it keychain
  kept last leave locked look loaded looked lost left opened recorded throttle unlocked no none not only out owner policy probe refused repeat retried saved shown slow started uncaught unhandled unresponsive warmed webview window
  address early external forced gone missing navigation page part place preload question rehearsed stopped switched too tried unreadable unsupported used written`.split(
    /\s+/,
  ),
)

/** Whether a name is made of nothing but words of programs, in the spelling of Python or JavaScript. */
export function isTechnical(name: string): boolean {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,60}$/.test(name)) return false
  if (words.has(name)) return true
  const parts = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_')
    .filter((part) => part !== '')
  return parts.length > 0 && parts.every((part) => words.has(part))
}

/** Gives what may not be named a number in order of appearance: two lines that speak of the same still do. */
export function createNames(): (kind: 'module' | 'function' | 'logger' | 'error', name: string) => string {
  const given = new Map<string, string>()
  const counts = new Map<string, number>()
  return (kind, name) => {
    const key = `${kind} ${name}`
    const known = given.get(key)
    if (known !== undefined) return known
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    const number = `<${kind}-${count}>`
    given.set(key, number)
    return number
  }
}
