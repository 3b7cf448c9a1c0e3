import * as catalog from './catalog.routes.ts'
import * as claim from './claim.routes.ts'
import * as docs from './docs.routes.ts'
import * as employers from './employers.routes.ts'
import * as enrollment from './enrollment.routes.ts'
import * as groups from './group-waitlist.routes.ts'
import * as orders from './orders.routes.ts'
import * as people from './people.routes.ts'
import * as price from './price.routes.ts'
import * as rosters from './rosters.routes.ts'
import * as sponsors from './sponsors.routes.ts'
import * as waitlist from './waitlist.routes.ts'
import * as vouchers from './vouchers.routes.ts'
import type { RouteName } from './paths.ts'

/** Every route by name. A name in `paths` without a declaration does not compile. */
export const routes = {
  getOpenApi: docs.getOpenApi,
  getDocs: docs.getDocs,
  getSeats: catalog.getSeats,
  listRoster: catalog.listRoster,
  stepRun: catalog.stepRun,
  stepCourse: catalog.stepCourse,
  importCatalog: catalog.importCatalog,
  getImportTemplate: catalog.getImportTemplate,
  claimSeat: claim.claimSeat,
  checkClaim: enrollment.checkClaim,
  listMyEnrollments: enrollment.listMyEnrollments,
  getMyEnrollment: enrollment.getMyEnrollment,
  cancelEnrollment: enrollment.cancelEnrollment,
  getEnrollmentCalendar: enrollment.getEnrollmentCalendar,
  openCalendar: enrollment.openCalendar,
  closeCalendar: enrollment.closeCalendar,
  getCalendar: enrollment.getCalendar,
  getPrice: price.getPrice,
  quotePrice: price.quotePrice,
  askReview: price.askReview,
  listMyOrders: orders.listMyOrders,
  getMyOrder: orders.getMyOrder,
  openCheckout: orders.openCheckout,
  previewRefund: orders.previewRefund,
  recordForceMajeure: orders.recordForceMajeure,
  saveInvoiceTitle: orders.saveInvoiceTitle,
  receiveStripeEvent: orders.receiveStripeEvent,
  getMyPlace: waitlist.getMyPlace,
  joinWaitlist: waitlist.joinWaitlist,
  leaveWaitlist: waitlist.leaveWaitlist,
  listMyWaiting: waitlist.listMyWaiting,
  changeCapacity: waitlist.changeCapacity,
  joinAsGroup: groups.joinAsGroup,
  leaveAsGroup: groups.leaveAsGroup,
  listGroupWaiting: groups.listGroupWaiting,
  listSponsors: sponsors.listSponsors,
  saveSponsor: sponsors.saveSponsor,
  importRoster: rosters.importRoster,
  listPrograms: sponsors.listPrograms,
  createProgram: sponsors.createProgram,
  getProgram: sponsors.getProgram,
  saveProgram: sponsors.saveProgram,
  stepProgram: sponsors.stepProgram,
  moveMoney: sponsors.moveMoney,
  listMoney: sponsors.listMoney,
  listAllocations: sponsors.listAllocations,
  allocate: sponsors.allocate,
  stepAllocation: sponsors.stepAllocation,
  listVouchers: vouchers.listVouchers,
  issueVoucher: vouchers.issueVoucher,
  stepVoucher: vouchers.stepVoucher,
  listGrants: sponsors.listGrants,
  exportGrants: sponsors.exportGrants,
  listReviews: sponsors.listReviews,
  decideReview: sponsors.decideReview,
  nominate: employers.nominate,
  listGroupOrders: employers.listGroupOrders,
  createGroupOrder: employers.createGroupOrder,
  getGroupOrder: employers.getGroupOrder,
  cancelGroupOrder: employers.cancelGroupOrder,
  openGroupCheckout: employers.openGroupCheckout,
  recordTransfer: employers.recordTransfer,
  invite: employers.invite,
  withdrawInvitation: employers.withdrawInvitation,
  listMyInvitations: employers.listMyInvitations,
  answerInvitation: employers.answerInvitation,
  listInvoices: employers.listInvoices,
  exportInvoices: employers.exportInvoices,
  recordInvoice: employers.recordInvoice,
  getMe: people.getMe,
  getProfile: people.getProfile,
  saveProfile: people.saveProfile,
  exportMe: people.exportMe,
  listConsents: people.listConsents,
  saveConsent: people.saveConsent,
  listNotices: people.listNotices,
  saveMembership: people.saveMembership,
  endMembership: people.endMembership,
} as const satisfies Record<RouteName, unknown>
export type Routes = typeof routes
